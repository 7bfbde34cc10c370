import { l10n } from 'vscode';
import { DeployError } from '../core/deployError.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import type { Command } from './commandContext.ts';
import { pickRun } from './knownRun.ts';
import { loadedState, pickSession } from './pickSession.ts';

/** Show Run…: brings the run to front in the Runs view. */
export const showRun: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const run = await pickRun(context, state, argument, { title: l10n.t('Show Run'), fits: () => true, none: text('There is no run yet.') });
  if (!run) return;
  const isShown = await context.revealRun({
    repositoryKey: repositoryKey(session.repository),
    ...(run.id === undefined ? {} : { runId: run.id }),
    ...(run.tracked ? { trackedKey: run.tracked.key } : {}),
  });
  if (isShown) return;
  throw new DeployError('notAvailable', 'The list of runs does not show {run}. Clear its filter or load more.', {
    values: { run: run.title, ...(run.url === undefined ? {} : { url: run.url }) },
    actions: ['openOnGitHub'],
  });
};
