import { l10n } from 'vscode';
import { changeHold, wayToHold } from '../app/changeHold.ts';
import { requireEnvironment } from '../app/planChecks.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { EnvironmentState } from '../app/repositoryState.ts';
import { DeployError } from '../core/deployError.ts';
import { holdSentence, type Hold } from '../core/hold.ts';
import { repositoryUrl } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { askHoldReason, tellUnseen } from './holdPrompts.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';
import { say, sayDate } from './say.ts';
import { showBusy } from './showBusy.ts';

/**
 * Lift Hold…: which environment, why, one dialog that says what was held and why; then the repository's workflow lifts it and keeps
 * the reason. Where none can, the branch that holds is a click away, and is a person's to delete.
 */
export const liftHold: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  await loadedState(session, signal);
  await showBusy(() => session.refresher.loadHolds(signal));
  const held = await heldEnvironment(context, session, argument);
  if (!held) return;
  const { environment, hold } = held;
  if (!wayToHold(session, session.store.state, environment, hold)) throw noWay(session, hold);

  const reason = await askHoldReason(context, l10n.t('Lift the Hold on {environment}: Why?', { environment }), say(holdSentence(hold)));
  if (reason === undefined) return;
  const answer = await context.prompts.confirm({
    message: l10n.t('Lift the hold on {environment}?', { environment }),
    detail: [say(holdSentence(hold)), sinceText(hold), l10n.t('Lifted because: {reason}', { reason }), l10n.t('Deploys to {environment} pass again as soon as the workflow has lifted it.', { environment })]
      .filter((part) => part !== undefined)
      .join('\n\n'),
    buttons: [{ label: l10n.t('Lift Hold'), value: 'go' }],
  });
  if (answer !== 'go') return;
  const run = await showBusy(() => changeHold(session, { environment, action: 'release', reason, lifts: hold }, signal));
  if (!run) tellUnseen();
};

/** The row's environment, else the only one that is held, else it asks among them. */
async function heldEnvironment(
  context: CommandContext, { store: { state } }: RepositorySession, argument: RowArgument | undefined,
): Promise<{ readonly environment: string; readonly hold: Hold } | undefined> {
  const held = state.environments.filter(({ hold }) => hold !== undefined);
  if (argument?.environment === undefined && held.length === 0) throw new DeployError('notAvailable', 'No environment is held: deploys pass.');
  const chosen: EnvironmentState | undefined =
    argument?.environment !== undefined
      ? requireEnvironment(state, argument.environment)
      : held.length === 1
        ? held[0]
        : await pickEnvironment(context, state, { title: l10n.t('Lift Hold'), disabled: ({ hold }) => (hold ? undefined : l10n.t('It is not held.')) });
  if (!chosen) return undefined;
  const { target: { environment }, hold } = chosen;
  if (!hold) throw new DeployError('notAvailable', 'Deploys to {environment} are not held any more.', { values: { environment } });
  return { environment, hold };
}

function sinceText({ told }: Hold): string | undefined {
  return told?.at === undefined ? undefined : l10n.t('Held since {time}.', { time: sayDate(told.at) });
}

function noWay({ repository }: RepositorySession, { environment, branch, isGlobal }: Hold): DeployError {
  const url = `${repositoryUrl(repository)}/tree/${branch.split('/').map(encodeURIComponent).join('/')}`;
  const values = { environment, branch, url };
  return isGlobal
    ? new DeployError('notAvailable', 'The branch {branch} holds all environments, and no workflow of this repository lifts that. Delete the branch on GitHub to let deploys through.', { values, actions: ['openOnGitHub'] })
    : new DeployError('notAvailable', 'No workflow of this repository lifts the hold on {environment}. It stands for as long as the branch {branch} exists: delete it on GitHub to let deploys through.', { values, actions: ['openOnGitHub'] });
}
