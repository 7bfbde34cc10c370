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
  const run = await pickRun(context, state, argument, { title: l10n.t('Cancel Run'), fits: (one) => one.isLive && one.id !== undefined, none: text('No run is under way.'), takesOnly: true });
  if (!run) return;
  const answer = await context.prompts.confirm({
    message: l10n.t('Cancel "{title}"?', { title: run.title }),
    detail: [startedBy(run), consequence(run)].filter((part) => part !== undefined).join('\n\n'),
    buttons: [{ label: l10n.t('Cancel Run'), value: 'go' }],
    leave: l10n.t('Keep Running'),
  });
  if (answer !== 'go') return;
  if (run.tracked && run.tracked.phase !== 'lost') await session.tracker.cancel(run.tracked.key);
  else {
    await session.github.cancel(session.repository, idOf(run));
    await session.refresher.refresh(signal);
  }
};

/** Whose run it is: a teammate may be waiting for it. */
function startedBy({ run, tracked }: KnownRun): string | undefined {
  const login = run?.actor ?? tracked?.request?.actor;
  return login === undefined ? undefined : l10n.t('Started by {login}.', { login });
}

function consequence(run: KnownRun): string {
  return hasStarted(run)
    ? l10n.t('It is in progress. Cancelling now can leave the servers half updated and the deploy locked: check them, or deploy again, afterwards.')
    : l10n.t('It has not started yet, so nothing is left half done.');
}

function hasStarted({ tracked, run }: KnownRun): boolean {
  if (tracked) return tracked.phase === 'inProgress' || tracked.phase === 'cancelling';
  return run?.status === 'inProgress';
}
