import { DeployStore } from '../../src/app/deployStore.ts';
import type { RepositorySession } from '../../src/app/repositorySession.ts';
import type { RepositoryState } from '../../src/app/repositoryState.ts';
import type { WindowState } from '../../src/app/windowState.ts';
import type { Clock, Disposable } from '../../src/core/clock.ts';
import type { RepositoryId } from '../../src/core/repositoryId.ts';
import type { Settings } from '../../src/core/settings.ts';

export const plainSettings: Settings = {
  environments: {},
  stagingEnvironment: undefined,
  productionEnvironment: undefined,
  notifications: {},
  backgroundRefresh: true,
  slack: { whenWorkflowPosts: 'auto', channels: {}, events: {} },
};

/** A session as far as views may use it: its store is real, its refresher notes what it is asked, all else throws. */
export class ShownSession {
  readonly store: DeployStore;
  readonly loadedJobs: number[] = [];
  settings: Settings = plainSettings;
  readonly session: RepositorySession;

  constructor(clock: Clock, state: RepositoryState, repository: RepositoryId = state.repository) {
    this.store = new DeployStore(repository);
    this.store.update(() => ({ ...state, repository }));
    const known = {
      repository,
      store: this.store,
      clock,
      log: { info: fail, debug: fail, warn: fail, error: fail },
      settings: () => this.settings,
      github: { serverNow: () => clock.now() },
      refresher: { loadJobs: async (runId: number) => void this.loadedJobs.push(runId) },
    };
    // Views that reach for more than this would ask GitHub or write: the proxy makes that a failing test.
    this.session = new Proxy(known, {
      get: (target, name) => (name in target ? target[name as keyof typeof target] : fail(`views must not use session.${String(name)}`)),
    }) as unknown as RepositorySession;
  }

  set(change: Partial<RepositoryState>): void {
    this.store.update((state) => ({ ...state, ...change }));
  }
}

/** The window's list of sessions, for a test to change. */
export class ShownSessions {
  all: readonly RepositorySession[] = [];
  state: WindowState = { kind: 'starting' };
  readonly #listeners = new Set<() => void>();

  constructor(...shown: readonly ShownSession[]) {
    this.all = shown.map(({ session }) => session);
    if (shown.length > 0) this.state = { kind: 'ready' };
  }

  change(state: WindowState, ...shown: readonly ShownSession[]): void {
    this.state = state;
    this.all = shown.map(({ session }) => session);
    for (const listener of this.#listeners) listener();
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}

function fail(message: string): never {
  throw new Error(message);
}
