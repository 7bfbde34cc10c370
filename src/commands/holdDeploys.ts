import { l10n } from 'vscode';
import { changeHold, wayToHold } from '../app/changeHold.ts';
import { requireEnvironment, requireNotHeld } from '../app/planChecks.ts';
import { DeployError } from '../core/deployError.ts';
import type { Command } from './commandContext.ts';
import { askHoldReason, tellUnseen } from './holdPrompts.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';
import { showBusy } from './showBusy.ts';

/** Hold Deploys…: which environment, why, one dialog; then the repository's workflow refuses deploys there until somebody lifts the hold. */
export const holdDeploys: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  await loadedState(session, signal);
  await showBusy(() => session.refresher.loadHolds(signal));
  const { state } = session.store;
  if (!state.facts?.holdWorkflow) {
    throw new DeployError('notAvailable', 'No workflow of this repository holds deploys. It needs one that is started by hand with the inputs "environment", "action" (hold, release) and "reason".');
  }
  const known = argument?.environment === undefined ? undefined : requireEnvironment(state, argument.environment);
  const chosen = known ?? (await pickEnvironment(context, state, {
    title: l10n.t('Hold Deploys'),
    disabled: ({ hold, target }) =>
      hold ? l10n.t('It is held already.') : wayToHold(session, state, target.environment) ? undefined : l10n.t('The workflow that holds deploys does not know it.'),
    active: ({ target }) => target.isProduction,
  }));
  if (!chosen) return;
  const { environment } = chosen.target;
  requireNotHeld(chosen);
  if (!wayToHold(session, state, environment)) throw new DeployError('notAvailable', 'The workflow that holds deploys does not know {environment}.', { values: { environment } });

  const reason = await askHoldReason(context, l10n.t('Hold Deploys to {environment}: Why?', { environment }), l10n.t('Everybody who wants to deploy there reads this.'));
  if (reason === undefined) return;
  const answer = await context.prompts.confirm({
    message: l10n.t('Hold deploys to {environment}?', { environment }),
    detail: [l10n.t('Reason: {reason}', { reason }), l10n.t('Deploys are refused until somebody lifts the hold; one that is shipping already goes on. Rollbacks pass.')].join('\n\n'),
    buttons: [{ label: l10n.t('Hold Deploys'), value: 'go' }],
  });
  if (answer !== 'go') return;
  const run = await showBusy(() => changeHold(session, { environment, action: 'hold', reason, lifts: undefined }, signal));
  if (!run) tellUnseen();
};
