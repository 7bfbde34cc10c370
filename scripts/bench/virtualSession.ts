import { createRepositorySession } from '../../src/app/createSession.ts';
import type { Attention, RepositorySession } from '../../src/app/repositorySession.ts';
import { createGitHub } from '../../src/github/gitHubClient.ts';
import { gitHubHost } from '../../src/core/gitHubHost.ts';
import type { Log } from '../../src/core/log.ts';
import { memoryStorage } from '../../src/host/mementoStorage.ts';
import type { LoggedRequest } from '../../src/simulator/requestLog.ts';
import { createSimulator, type ScenarioName, type Simulator } from '../../src/simulator/simulator.ts';
import { createWorkflowFiles } from '../../src/workflows/workflowFiles.ts';
import { plainSettings } from '../../test/support/shownSession.ts';
import { VirtualClock } from '../../test/support/virtualClock.ts';

/** How long every answer of the simulated GitHub takes, here and in the real host. */
export const latencyMs = 80;
/** Virtual time moves in steps of this, so that answers are read before more time passes. */
const stepMs = 20;

/** The product's own engine (store, refresher, tracker, adapters) on a simulated GitHub, in virtual time. */
export interface VirtualSession {
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly session: RepositorySession;
  /** What GitHub was asked since an instant, oldest first. */
  readonly requestsSince: (instant: number) => readonly LoggedRequest[];
  readonly advance: (ms: number) => Promise<void>;
  /** Lets time pass until a call of the session is answered. */
  readonly until: <T>(call: Promise<T>) => Promise<T>;
  readonly dispose: () => void;
}

/** Opens the scenario's repository; answers when the first picture is complete and a minute of settling has passed. */
export async function virtualSession(scenario: ScenarioName, attention: Attention, seed = 1): Promise<VirtualSession> {
  const clock = new VirtualClock();
  const simulator = createSimulator({ scenario, clock, seed });
  const host = gitHubHost('http://git.test');
  if (!host) throw new Error('The simulated host has no address.');
  const { owner, name } = simulator.world.home;
  const random = seeded(seed);
  const slowly: typeof fetch = async (input, init) => {
    const answer = await simulator.fetch(input, init);
    await new Promise<void>((resolve) => void clock.after(latencyMs, resolve));
    return answer;
  };
  let ids = 0;
  const session = createRepositorySession({
    repository: { host, owner, name },
    github: createGitHub({ host, token: 'sim-token', clock, log: quiet, fetch: slowly, random }),
    workflowFiles: async () => createWorkflowFiles(),
    settings: () => plainSettings,
    storage: memoryStorage(),
    clock,
    log: quiet,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    random,
    siteVersion: async () => undefined,
  });
  const advance = async (ms: number) => {
    for (let left = ms; left > 0; left -= stepMs) await clock.advance(Math.min(left, stepMs));
  };
  session.refresher.setAttention(attention);
  session.refresher.start();
  await advance(60_000);
  if (!session.store.state.facts || !session.store.state.runs) throw new Error(`The first picture of "${scenario}" did not arrive.`);
  return {
    clock,
    simulator,
    session,
    requestsSince: (instant) => simulator.log.filter(({ at, resource }) => at >= instant && (resource === 'core' || resource === 'graphql')),
    advance,
    async until(call) {
      const outcome = { isSettled: false };
      const settle = () => void (outcome.isSettled = true);
      call.then(settle, settle);
      while (!outcome.isSettled) await advance(stepMs);
      return call;
    },
    dispose: () => session.dispose(),
  };
}

/** The most that fell into any one span of this length, the span's end included nowhere else. */
export function mostWithin(spanMs: number, requests: readonly LoggedRequest[]): number {
  return Math.max(0, ...requests.map(({ at }, index) => requests.slice(index).filter((other) => other.at < at + spanMs).length));
}

export function pointsOf(requests: readonly LoggedRequest[]): number {
  return requests.reduce((sum, { cost }) => sum + cost, 0);
}

const quiet: Log = { info: nothing, debug: nothing, warn: nothing, error: nothing };

function nothing(): void {
  // What the engine tells its log is of no interest here.
}

/** Park and Miller's generator: the same numbers for the same seed, 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
