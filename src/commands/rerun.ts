import { l10n } from 'vscode';
import { requireEnvironment, requireNotHeld } from '../app/planChecks.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import { text } from '../core/text.ts';
import type { Command } from './commandContext.ts';
import { idOf, pickRun, type KnownRun } from './knownRun.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';

/** Re-Run: all jobs again, with the commit and workflow of then. */
export const rerun: Command = (context, argument, signal) => start(context, argument, signal, false);

/** Re-Run Failed Jobs. */
export const rerunFailed: Command = (context, argument, signal) => start(context, argument, signal, true);

async function start(...[context, argument, signal, failedOnly]: [...Parameters<Command>, boolean]): Promise<void> {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const run = await pickRun(context, state, argument, {
    title: failedOnly ? l10n.t('Re-Run Failed Jobs') : l10n.t('Re-Run'),
    fits: (one) => one.id !== undefined && !one.isLive && (!failedOnly || one.run?.conclusion !== 'success'),
    none: failedOnly ? text('There is no finished run with failed jobs.') : text('There is no finished run to start again.'),
  });
  if (!run) return;
  await refuseHeld(session, run, signal);
  const warning = whatItShips(state, run);
  if (warning) {
    const label = failedOnly ? l10n.t('Re-Run Failed Jobs') : l10n.t('Re-Run');
    const answer = await context.prompts.confirm({ ...warning, buttons: [{ label, value: 'go' }] });
    if (answer !== 'go') return;
  }
  await session.tracker.rerun(idOf(run), failedOnly);
}

/** A deploy again is a deploy: a hold keeps it out as well. */
async function refuseHeld({ store, refresher }: RepositorySession, { id }: KnownRun, signal: AbortSignal): Promise<void> {
  const held = store.state.environments.find(({ hold, history }) => hold && history.some((shipped) => shipped.runId === id && !shipped.isRollback));
  if (!held) return;
  await refresher.loadHolds(signal);
  requireNotHeld(requireEnvironment(store.state, held.target.environment));
}

/** A re-run ships the code of then: for an old deploy that is a rollback, and is called one. `undefined`: nothing to warn of. */
function whatItShips(state: RepositoryState, { id, title }: KnownRun): { message: string; detail: string } | undefined {
  for (const { target, live, history } of state.environments) {
    const shipped = history.find(({ runId }) => runId === id);
    if (!shipped) continue;
    const environment = target.environment;
    const isOld = live !== 'nothing' && live !== 'unknown' && live.deploymentId !== shipped.deploymentId && live.since !== undefined && shipped.createdAt < live.since && live.label !== shipped.label;
    if (isOld) {
      return {
        message: l10n.t('Re-run an old deploy of {version} to {environment}?', { version: shipped.label, environment }),
        detail: l10n.t('A re-run uses the code and the workflow of then. {environment} runs {live} now, so this rolls it back to {version}.', { environment, live: live.label, version: shipped.label }),
      };
    }
    if (target.isProduction) {
      return {
        message: l10n.t('Re-run the deploy of {version} to {environment}?', { version: shipped.label, environment }),
        detail: l10n.t('"{title}" starts again with the code and the workflow of then.', { title }),
      };
    }
  }
  return undefined;
}
