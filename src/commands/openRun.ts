import { l10n } from 'vscode';
import { text } from '../core/text.ts';
import type { Command } from './commandContext.ts';
import { idOf, pickRun } from './knownRun.ts';
import { openPage } from './openPage.ts';
import { loadedState, pickSession } from './pickSession.ts';

/** Open Run on GitHub. */
export const openRun: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const run = await pickRun(context, state, argument, { title: l10n.t('Open Run on GitHub'), fits: ({ url }) => url !== undefined, none: text('There is no run yet.') });
  if (run) await openPage(context, run.url ?? `${session.repository.host.webUrl}/${session.repository.owner}/${session.repository.name}/actions/runs/${idOf(run)}`);
};
