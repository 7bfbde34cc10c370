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
    case 'noGitHubRemote':
      return say(text('The remotes of this folder are on {hosts}.', { hosts: state.hosts.slice(0, 5).map((host) => plainText(host, 80)).join(', ') }));
    case 'starting':
    case 'ready':
    case 'noFolder':
    case 'noGit':
    case 'noRemote':
    case 'chooseRepository':
      return undefined;
  }
}
