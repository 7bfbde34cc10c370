import { l10n } from 'vscode';
import { requireEnvironment } from '../app/planChecks.ts';
import type { RollbackChoice } from '../app/deployPlan.ts';
import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import { checkedRollbackChoices, planRollback, rollbackChoices } from '../app/rollback.ts';
import { shortSha } from '../core/commit.ts';
import { DeployError, errorSaying } from '../core/deployError.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import { isSameVersion, wasRolledBack } from '../core/rollbackCandidates.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { back, type Choice } from '../host/prompts.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { confirmAndSend } from './deployFlow.ts';
import { liveLabel, pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';
import { dotted, say, sayDate } from './say.ts';
import { showBusy } from './showBusy.ts';

/** Roll Back…: environment, version (the best first), why, one confirmation. From a deployment's or release's row the version is known. */
export const rollBack: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const environment = await environmentFor(context, await loadedState(session, signal), argument);
  if (!environment) return;
  const name = environment.target.environment;
  const choices = await showBusy(async () => {
    await session.refresher.loadHistory(name);
    return checkedRollbackChoices(session, name, signal);
  });
  const present = requireEnvironment(session.store.state, name);
  const shipped = (argument && given(choices, present, argument)) ?? (await pickCandidate(context, choices, present));
  if (!shipped) return;
  await confirmAndSend(context, session, () => planRollback(session, name, shipped, signal), {
    signal,
    why: ({ version, replaces }) =>
      replaces
        ? l10n.t('Roll Back {environment} from {live} to {version}: Why?', { environment: name, live: replaces.label, version: version.label })
        : l10n.t('Roll Back {environment} to {version}: Why?', { environment: name, version: version.label }),
  });
};

/** The row's environment, else the only one with something to go back to, else it asks with production first. */
async function environmentFor(context: CommandContext, state: RepositoryState, argument: RowArgument | undefined): Promise<EnvironmentState | undefined> {
  if (argument?.environment !== undefined) return requireEnvironment(state, argument.environment);
  const tag = argument?.releaseTag;
  const possible = new Map(state.environments.map((one) => [one, rollbackChoices(state, one.target.environment).filter((choice) => tag === undefined || choice.shipped.label === tag)]));
  const whyNot = (environment: EnvironmentState) => {
    const choices = possible.get(environment) ?? [];
    if (choices.some(({ way }) => way.kind !== 'none')) return undefined;
    const [first] = choices;
    if (first?.way.kind === 'none') return say(first.way.why);
    return tag === undefined ? l10n.t('Nothing earlier was live here.') : l10n.t('{version} was not live here before.', { version: tag });
  };
  const open = state.environments.filter((environment) => whyNot(environment) === undefined);
  if (open.length === 1 && open[0]) return open[0];
  return pickEnvironment(context, state, { title: l10n.t('Roll Back'), disabled: whyNot, active: ({ target }) => target.isProduction });
}

/** The deployment that the row stands for; throws why it cannot come back. */
function given(choices: readonly RollbackChoice[], { target, history }: EnvironmentState, { deploymentId, releaseTag }: RowArgument): ShippedVersion | undefined {
  if (deploymentId === undefined && releaseTag === undefined) return undefined;
  // A version that was live several times stands among the choices once, by its latest time.
  const asked = history.find((one) => one.deploymentId === deploymentId);
  const choice = choices.find(({ shipped }) => (asked ? isSameVersion(shipped, asked) : deploymentId === undefined && shipped.label === releaseTag));
  const values = { environment: target.environment };
  if (!choice) {
    throw new DeployError('notAvailable', 'This version cannot come back to {environment}: it is live now, or was never live there.', { values, actions: ['retry'] });
  }
  if (choice.way.kind === 'none') {
    throw errorSaying('notAvailable', choice.way.why);
  }
  return choice.shipped;
}

async function pickCandidate(context: CommandContext, all: readonly RollbackChoice[], environment: EnvironmentState): Promise<ShippedVersion | undefined> {
  const name = environment.target.environment;
  const possible = all.filter(({ way }) => way.kind !== 'none');
  const [impossible] = all;
  if (possible.length === 0) {
    throw impossible?.way.kind === 'none'
      ? errorSaying('notAvailable', impossible.way.why, ['openSettings'])
      : new DeployError('notAvailable', 'There is nothing to roll {environment} back to: no earlier version was live there.', { values: { environment: name } });
  }
  const refused = all.filter(({ way }) => way.kind === 'none');
  const live = liveLabel(environment);
  const answer = await context.prompts.pick({
    title: l10n.t('Roll Back {environment}', { environment: name }),
    placeholder: live === undefined ? l10n.t('To which version?') : l10n.t('{environment} runs {version}. Back to which version?', { environment: name, version: live }),
    choices: [...possible.map((one) => toChoice(one, environment)), ...refused.map((one, index) => ({ ...toChoice(one, environment), ...(index === 0 ? { heading: l10n.t('Not Possible') } : {}) }))],
  });
  return answer === back ? undefined : answer;
}

function toChoice({ shipped, way }: RollbackChoice, { history }: EnvironmentState): Choice<ShippedVersion> {
  const at = shipped.succeededAt ?? shipped.createdAt;
  return {
    label: shipped.label,
    description: dotted([
      shipped.sha === undefined ? undefined : shortSha(shipped.sha),
      l10n.t('went live {time}', { time: sayDate(at) }),
      l10n.t('by {login}', { login: shipped.by }),
      wasRolledBack(shipped, history) ? l10n.t('was rolled back') : undefined,
    ]),
    icon: 'history',
    value: shipped,
    ...(way.kind === 'none' ? { disabled: say(way.why) } : {}),
  };
}
