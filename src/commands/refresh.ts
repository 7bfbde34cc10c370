import type { Command } from './commandContext.ts';
import { openSessions } from './pickSession.ts';

/** Refresh: asks GitHub what changed, in every repository of the window, after another try at those that could not be opened. */
export const refresh: Command = async (context, _argument, signal) => {
  const window = await context.windowState();
  if (window.kind === 'ready' && window.besides?.some(({ kind }) => kind === 'notOpened')) await context.repositories.reopen();
  const sessions = await openSessions(context);
  await Promise.all(sessions.map(({ refresher }) => refresher.refresh(signal)));
  for (const { store } of sessions) {
    if (store.state.connection.kind === 'failed') throw store.state.connection.error;
  }
};
