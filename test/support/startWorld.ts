import { createRepositorySession } from '../../src/app/createSession.ts';
import type { RepositorySession, SiteAnswer } from '../../src/app/repositorySession.ts';
import type { Disposable } from '../../src/core/clock.ts';
import type { GitHub } from '../../src/core/gitHub.ts';
import { gitHubHost } from '../../src/core/gitHubHost.ts';
import type { RepositoryId } from '../../src/core/repositoryId.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Storage } from '../../src/core/storage.ts';
import { createGitHub, createGitHubSetup } from '../../src/github/gitHubClient.ts';
import { createSimulator, type ScenarioName, type Simulator } from '../../src/simulator/simulator.ts';
import { createWorkflowFiles } from '../../src/workflows/workflowFiles.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { ListLog } from './listLog.ts';
import { VirtualClock } from './virtualClock.ts';

export interface WorldOptions {
  readonly scenario?: ScenarioName;
  readonly seed?: number;
  /** Time that every answer takes, of the virtual clock. */
  readonly latencyMs?: number;
  readonly settings?: Partial<Settings>;
  /** What an earlier window left behind. */
  readonly storage?: Storage;
  readonly token?: string;
  readonly siteVersion?: (url: string) => Promise<SiteAnswer | undefined>;
}

/** A request as it left the adapter, for tests that count. */
export interface SentRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  /** What it cost of the hourly budget. */
  readonly cost: number;
}

/** A window on a simulated repository: the real adapters and the real session on a virtual clock. */
export interface World {
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly github: GitHub;
  readonly session: RepositorySession & Disposable;
  readonly storage: Storage;
  readonly log: ListLog;
  /** GitHub requests since `forget`, oldest first. */
  readonly sent: readonly SentRequest[];
  forget(): void;
  /** Cuts the connection, or mends it. */
  setOffline(isOffline: boolean): void;
  /** Opens the first picture as a focused window with a view on screen would, and waits for it. */
  open(): Promise<void>;
  /** Closes the window and opens another on the same world and storage. */
  reload(): World;
  dispose(): void;
}

export const plainSettings: Settings = {
  environments: {},
  stagingEnvironment: undefined,
  productionEnvironment: undefined,
  notifications: {},
  backgroundRefresh: true,
  slack: { whenWorkflowPosts: 'auto', channels: {}, events: {} },
};

/** Starts a scenario and a window on it. Nothing has been asked of GitHub yet. */
export function startWorld(options: WorldOptions = {}): World {
  const clock = new VirtualClock();
  const simulator = createSimulator({ scenario: options.scenario ?? 'team', seed: options.seed ?? 1, clock });
  return openWindow(options, clock, simulator, options.storage ?? new MemoryStorage());
}

function openWindow(options: WorldOptions, clock: VirtualClock, simulator: Simulator, storage: Storage): World {
  const { latencyMs = 0, seed = 1 } = options;
  const host = gitHubHost('http://sim.test');
  if (!host) throw new Error('The simulated host has no address.');
  const { owner, name } = simulator.world.home;
  const repository: RepositoryId = { host, owner, name };
  const log = new ListLog();
  let isOffline = false;
  let from = simulator.log.length;
  const later = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const slowFetch: typeof fetch = async (input, init) => {
    if (isOffline) throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('getaddrinfo ENOTFOUND sim.test'), { code: 'ENOTFOUND' }) });
    if (latencyMs > 0) await later(latencyMs);
    return simulator.fetch(input, init);
  };
  let chance = seed;
  const random = () => {
    chance = (chance * 16_807) % 2_147_483_647;
    return chance / 2_147_483_647;
  };
  let ids = 0;
  const github = createGitHub({ host, token: options.token ?? 'sim-token', clock, log, fetch: slowFetch, random });
  const setup = createGitHubSetup({ host, token: options.token ?? 'sim-token', clock, log, fetch: slowFetch, random });
  const settings: Settings = { ...plainSettings, ...options.settings };
  const session = createRepositorySession({
    repository,
    github,
    setup: () => Promise.resolve(setup),
    workflowFiles: () => Promise.resolve(createWorkflowFiles()),
    settings: () => settings,
    storage,
    clock,
    log,
    newId: () => `${(seed * 1_000 + ids++).toString(16).padStart(8, '0')}-0000-4000-8000-${simulator.log.length.toString(16).padStart(12, '0')}`,
    random,
    siteVersion: options.siteVersion ?? (() => Promise.resolve(undefined)),
  });
  return {
    clock,
    simulator,
    github,
    session,
    storage,
    log,
    get sent() {
      return simulator.log
        .slice(from)
        .filter(({ resource }) => resource === 'core' || resource === 'graphql')
        .map(({ at, method, path, status, bytes, cost }) => ({ at, method, path, status, bytes, cost }));
    },
    forget() {
      from = simulator.log.length;
    },
    setOffline(offline) {
      isOffline = offline;
    },
    async open() {
      session.refresher.setAttention({ focused: true, visible: true });
      session.refresher.start();
      await session.tracker.restore();
      await clock.advance(latencyMs * 3 + 10);
    },
    reload() {
      session.dispose();
      return openWindow({ ...options, seed: seed + 1 }, clock, simulator, storage);
    },
    dispose: () => session.dispose(),
  };
}
