import type { GitHubSetup } from '../../src/core/gitHubSetup.ts';
import { createGitHubSetup } from '../../src/github/gitHubClient.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { gitHubRig, type GitHubRig } from './gitHubRig.ts';

/** The real adapter of Set Up on a simulated GitHub; writes are a second apart, and `write` lets that time pass. */
export interface GitHubSetupRig extends GitHubRig {
  readonly setup: GitHubSetup;
  readonly write: <T>(call: Promise<T>) => Promise<T>;
}

/** Ana is the sample team's admin. */
export function gitHubSetupRig({ token = 'sim-token-ana', scenario = 'quiet' }: { readonly token?: string; readonly scenario?: ScenarioName } = {}): GitHubSetupRig {
  const rig = gitHubRig({ scenario, token });
  const note = (message: string) => void (rig.logged as string[]).push(message);
  const setup = createGitHubSetup({
    host: rig.repository.host,
    token,
    clock: rig.clock,
    log: { info: note, debug: note, warn: note, error: note },
    random: () => 0.5,
    fetch: (input, init) => {
      const pass = () => rig.simulator.fetch(input, init);
      return rig.between ? rig.between(new Request(input, init), pass) : pass();
    },
  });
  return Object.assign(rig, {
    setup,
    write: async <T>(call: Promise<T>): Promise<T> => {
      const pending = Symbol('pending');
      // It may be refused while time passes, and is answered for below.
      call.catch(() => undefined);
      for (let seconds = 0; seconds < 120; seconds++) {
        await rig.clock.advance(1_000);
        if ((await Promise.race([call, Promise.resolve(pending)])) !== pending) break;
      }
      return call;
    },
  });
}
