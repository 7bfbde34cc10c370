import type { Command } from './commandContext.ts';

/** Show Log. */
export const showLog: Command = (context) => {
  context.log.show();
  return Promise.resolve();
};
