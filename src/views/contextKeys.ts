import { commands } from 'vscode';
import type { RepositoryState } from '../app/repositoryState.ts';
import type { WindowState } from '../app/windowState.ts';
import type { Disposable } from '../core/clock.ts';
import { followStores } from './followStores.ts';
import type { WindowSessionList } from './windowMessage.ts';

/** What welcome texts and menus ask about the window. */
export interface ContextKeys {
  readonly 'boussole.window': WindowState['kind'];
  readonly 'boussole.connection': 'none' | 'loading' | 'online' | 'signedOut' | 'offline' | 'rateLimited' | 'failed';
  /** A first picture arrived. */
  readonly 'boussole.loaded': boolean;
  readonly 'boussole.hasTargets': boolean;
  readonly 'boussole.isEmpty': boolean;
  readonly 'boussole.runsFiltered': boolean;
}

/** The context keys for a window and its repositories; the worst connection counts. */
export function contextKeys(window: WindowState, states: readonly RepositoryState[]): ContextKeys {
  return {
    'boussole.window': window.kind,
    'boussole.connection': states.map(connectionKey).sort((a, b) => severity.indexOf(b) - severity.indexOf(a))[0] ?? 'none',
    'boussole.loaded': states.some(({ facts }) => facts !== undefined),
    'boussole.hasTargets': states.some(({ environments }) => environments.length > 0),
    'boussole.isEmpty': states.length > 0 && states.every(({ facts }) => facts?.isEmpty === true),
    'boussole.runsFiltered': states.some(({ runs }) => runs !== undefined && Object.keys(runs.filter).length > 0),
  };
}

const severity: readonly ContextKeys['boussole.connection'][] = ['none', 'online', 'loading', 'rateLimited', 'offline', 'failed', 'signedOut'];

function connectionKey({ connection }: RepositoryState): ContextKeys['boussole.connection'] {
  if (connection.kind !== 'failed') return connection.kind;
  const { kind } = connection.error;
  if (kind === 'notSignedIn' || kind === 'tokenRejected' || kind === 'samlRequired') return 'signedOut';
  if (kind === 'offline' || kind === 'proxy' || kind === 'certificate') return 'offline';
  return kind === 'rateLimited' ? 'rateLimited' : 'failed';
}

/** Keeps VS Code's context keys in line with the sessions; each is set only when it changes. */
export class ContextKeyUpdates implements Disposable {
  readonly #sessions: WindowSessionList;
  readonly #stores: Disposable;
  readonly #set = new Map<string, unknown>();

  constructor(sessions: WindowSessionList) {
    this.#sessions = sessions;
    this.#stores = followStores(sessions, () => this.#update(), () => this.#update());
  }

  dispose(): void {
    this.#stores.dispose();
  }

  #update(): void {
    const keys = contextKeys(this.#sessions.state, this.#sessions.all.map(({ store }) => store.state));
    for (const [name, value] of Object.entries(keys)) {
      if (this.#set.get(name) === value) continue;
      this.#set.set(name, value);
      void commands.executeCommand('setContext', name, value);
    }
  }
}
