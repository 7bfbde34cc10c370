import { l10n } from 'vscode';
import { text } from '../core/text.ts';
import type { Command } from './commandContext.ts';
import { idOf, pickRun, type KnownRun } from './knownRun.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';

/** Cancel Run: asks first, and says when servers may be left half updated. */
export const cancelRun: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const run = await pickRun(context, state, argument, { title: l10n.t('Cancel Run'), fits: (one) => one.isLive && one.id !== undefined, none: text('No run is under way.') });
  if (!run) return;
  const answer = await context.prompts.confirm({
    message: l10n.t('Cancel "{title}"?', { title: run.title }),
    detail: hasStarted(run)
      ? l10n.t('It is in progress. Cancelling now can leave the servers half updated and the deploy locked: check them, or deploy again, afterwards.')
      : l10n.t('It has not started yet, so nothing is left half done.'),
    buttons: [{ label: l10n.t('Cancel Run'), value: 'go' }],
  });
  if (answer !== 'go') return;
  if (run.tracked) await session.tracker.cancel(run.tracked.key);
  else {
    await session.github.cancel(session.repository, idOf(run));
    await session.refresher.refresh(signal);
  }
};

function hasStarted({ tracked, run }: KnownRun): boolean {
  if (tracked) return tracked.phase === 'inProgress' || tracked.phase === 'cancelling';
  return run?.status === 'inProgress';
}
