import assert from 'node:assert/strict';
import { isDeployError, type DeployError } from '../../src/core/deployError.ts';
import type { GitHub } from '../../src/core/gitHub.ts';
import { gitHubHost } from '../../src/core/gitHubHost.ts';
import type { RepositoryId } from '../../src/core/repositoryId.ts';
import { createGitHub } from '../../src/github/gitHubClient.ts';
import { createSimulator, type ScenarioName } from '../../src/simulator/simulator.ts';
import { VirtualClock } from './virtualClock.ts';

type Simulator = ReturnType<typeof createSimulator>;

/** Stands between the adapter and the world: sees each request and may answer in the world's place. */
export type Between = (request: Request, pass: () => Promise<Response>) => Promise<Response>;

/** The real adapter on a simulated GitHub, without sockets, with a virtual clock and a log that is kept. */
export interface GitHubRig {
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly github: GitHub;
  readonly repository: RepositoryId;
  readonly logged: readonly string[];
  /** `METHOD path status` of every request since the last call, without `/api/v3` and the repository. */
  readonly requests: () => readonly string[];
  /** Replaces who stands between; `undefined` removes them. */
  between: Between | undefined;
}

export function gitHubRig(options: { readonly scenario?: ScenarioName; readonly token?: string; readonly random?: () => number } = {}): GitHubRig {
  const clock = new VirtualClock();
  const simulator = createSimulator({ scenario: options.scenario ?? 'quiet', clock });
  const host = gitHubHost('http://git.test');
  assert.ok(host);
  const logged: string[] = [];
  const note = (message: string) => void logged.push(message);
  const { owner, name } = simulator.world.home;
  let seen = 0;
  const rig: GitHubRig = {
    clock,
    simulator,
    repository: { host, owner, name },
    logged,
    between: undefined,
    requests: () => {
      const fresh = simulator.log.slice(seen);
      seen = simulator.log.length;
      return fresh.map(({ method, path, status }) => `${method} ${path.replace('/api/v3', '').replace(`/repos/${owner}/${name}`, '')} ${status}`);
    },
    github: createGitHub({
      host,
      token: options.token ?? 'sim-token',
      clock,
      log: { info: note, debug: note, warn: note, error: note },
      fetch: (input, init) => {
        const request = new Request(input, init);
        const pass = () => simulator.fetch(input, init);
        return rig.between ? rig.between(request, pass) : pass();
      },
      random: options.random ?? (() => 0.5),
    }),
  };
  return rig;
}

/** The `DeployError` that a call ends in; fails when it ends otherwise. */
export async function refusalOf(call: Promise<unknown>): Promise<DeployError> {
  try {
    await call;
  } catch (error) {
    if (isDeployError(error)) return error;
    throw error;
  }
  return assert.fail('The call was not refused.');
}

/** What `fetch` throws when the network fails: a chain of causes that ends in a system error. */
export function networkTrouble(code: string, syscall?: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`${syscall ?? 'read'} ${code}`), { code, syscall }) });
}
