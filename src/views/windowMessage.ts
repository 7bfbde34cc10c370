import type { Sessions } from '../app/sessions.ts';
import type { WindowState } from '../app/windowState.ts';
import type { Reader } from './reader.ts';
import { text } from '../core/text.ts';
import { plainText } from '../core/plainText.ts';

/** The sessions with why there may be none. */
export interface WindowSessionList extends Sessions {
  readonly state: WindowState;
}

/** What stands above an empty view besides its welcome: the reason, where it is a particular one. */
export function windowMessage(state: WindowState, { say }: Reader): string | undefined {
  switch (state.kind) {
    case 'signedOut':
      return state.reason && say(state.reason);
    case 'ready':
      return state.besides?.map((one) => besides(one, say)).find((words) => words !== undefined);
    case 'starting':
    case 'noFolder':
    case 'noGit':
    case 'noRemote':
    case 'noGitHubRemote':
    case 'chooseRepository':
    case 'notOpened':
      return undefined;
  }
}

/** What other clones of the window wait for, while some are shown. */
function besides(state: WindowState, say: Reader['say']): string | undefined {
  if (state.kind === 'signedOut') return say(text('You are not signed in to {host}: what this window has from there is not shown.', { host: plainText(state.host.authority, 80) }));
  if (state.kind === 'chooseRepository') return say(text('Another folder of this window has several repositories: choose one with “Select Repository…”.'));
  if (state.kind === 'notOpened') {
    return say(text('{repositories} could not be opened. “Refresh” tries again, and “Show Log” tells why.', { repositories: plainText(state.repositories.join(', '), 160) }));
  }
  return undefined;
}
