import { l10n } from 'vscode';
import type { Command } from './commandContext.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession } from './pickSession.ts';

/** More runs, the next page of the list. */
export const loadMoreRuns: Command = async (context, argument) => {
  const session = await pickSession(context, argument);
  await session?.refresher.loadMoreRuns();
};

/** Older deployments of an environment. */
export const loadMoreHistory: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const name =
    argument?.environment ??
    (await pickEnvironment(context, await loadedState(session, signal), {
      title: l10n.t('Load Older Deployments'),
      disabled: ({ historyComplete }) => (historyComplete ? l10n.t('All deployments are shown already.') : undefined),
    }))?.target.environment;
  if (name !== undefined) await session.refresher.loadMoreHistory(name);
};
