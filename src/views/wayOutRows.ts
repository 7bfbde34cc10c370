import type { RepositoryState } from '../app/repositoryState.ts';
import type { WindowState } from '../app/windowState.ts';
import type { DeployErrorKind, ErrorAction } from '../core/deployError.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { text, type Text } from '../core/text.ts';
import type { Reader } from './reader.ts';
import type { Row } from './row.ts';

/**
 * What can be done where a view has nothing but a message that says why: VS Code shows no welcome text, and so no button, beside a
 * message. Empty where the message stands for itself.
 */
export function wayOutRows(window: WindowState, states: readonly RepositoryState[], { say }: Reader): readonly Row[] {
  const [state] = states;
  return waysOut(window, state).map(({ label, command, codicon }) => ({
    key: `way out|${command}`,
    label: say(label),
    description: '',
    icon: { codicon },
    tooltip: [],
    contextValue: 'note',
    collapsible: 'none',
    command,
    accessibilityLabel: say(label),
    argument: argumentFor(state),
  }));
}

interface WayOut {
  readonly label: Text;
  readonly command: string;
  readonly codicon: string;
}

function waysOut(window: WindowState, state: RepositoryState | undefined): readonly WayOut[] {
  if (window.kind === 'signedOut') return window.reason ? [ways.signIn, ways.useToken, ways.sample] : [];
  if (state?.connection.kind !== 'failed' || state.facts) return [];
  const { kind, actions } = state.connection.error;
  const known = [...(account.has(kind) ? [ways.signIn, ways.useToken] : []), ...actions.flatMap((action) => wayOf(action) ?? []), ways.refresh, ways.showLog];
  return known.filter((way, index) => known.indexOf(way) === index);
}

const account = new Set<DeployErrorKind>(['notSignedIn', 'tokenRejected', 'samlRequired', 'missingScope']);

const ways = {
  signIn: { label: text('Sign In to GitHub'), command: 'boussole.signIn', codicon: 'sign-in' },
  useToken: { label: text('Use a Token…'), command: 'boussole.useToken', codicon: 'key' },
  sample: { label: text('Explore the Sample Team'), command: 'boussole.exploreSample', codicon: 'beaker' },
  selectRepository: { label: text('Select Repository…'), command: 'boussole.selectRepository', codicon: 'repo' },
  openSettings: { label: text('Open Settings'), command: 'boussole.openSettings', codicon: 'gear' },
  refresh: { label: text('Try Again'), command: 'boussole.refresh', codicon: 'refresh' },
  showLog: { label: text('Show Log'), command: 'boussole.showLog', codicon: 'output' },
} satisfies Record<string, WayOut>;

function wayOf(action: ErrorAction): WayOut | undefined {
  switch (action) {
    case 'signIn':
    case 'signInAgain':
    case 'authorizeSaml':
      return ways.signIn;
    case 'useToken':
      return ways.useToken;
    case 'selectRepository':
      return ways.selectRepository;
    case 'openSettings':
      return ways.openSettings;
    case 'retry':
      return ways.refresh;
    case 'showLog':
      return ways.showLog;
    case 'connectSlack':
    case 'openOnGitHub':
    case 'liftHold':
      return undefined;
  }
}

function argumentFor(state: RepositoryState | undefined): RowArgument {
  return { repositoryKey: state ? repositoryKey(state.repository) : '' };
}
