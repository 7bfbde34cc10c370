import { AsyncLocalStorage } from 'node:async_hooks';
import { type Sshd, startSshd } from '../sshd.ts';
import { describeWith } from '../tools.ts';
import { createPipelineWorld, type PipelineWorld } from './pipelineWorld.ts';

/** What a group of scenarios is defined with. */
export interface Scenarios {
  /** The world of the scenario that asks. */
  readonly world: () => PipelineWorld;
  /** What is done first in each of them. */
  readonly prepare: (first: () => Promise<unknown>) => void;
  /** A test on a world of its own. */
  readonly scenario: (title: string, body: () => Promise<void>, options?: { readonly ownSshd?: boolean }) => void;
}

const current = new AsyncLocalStorage<PipelineWorld>();
let shared: Promise<Sshd> | undefined;

/**
 * Defines scenarios of the whole pipeline. A run waits more than it works, so each scenario is begun while the one before it runs.
 * Unless one asks for its own, they share an sshd, which ends with the process.
 */
export function describePipeline(title: string, define: (scenarios: Scenarios) => void): void {
  describeWith(['bash', 'curl', 'flock', 'git', 'jq', 'rsync', 'ssh', 'sshd'], title, () => {
    const scenarios: (() => Promise<void>)[] = [];
    let prepared: (() => Promise<unknown>) | undefined;
    define({
      world: () => {
        const world = current.getStore();
        if (!world) throw new Error('Only a scenario has a world.');
        return world;
      },
      prepare: (first) => void (prepared = first),
      scenario: (name, body, { ownSshd = false } = {}) => {
        const index = scenarios.push(once(() => play(async () => { await prepared?.(); await body(); }, ownSshd))) - 1;
        it(name, async () => {
          const played = scenarios[index]?.();
          scenarios[index + 1]?.().catch(() => undefined);
          await played;
        });
      },
    });
  });
}

async function play(body: () => Promise<void>, ownSshd: boolean): Promise<void> {
  const sshd = await (ownSshd ? startSshd() : (shared ??= startSshd()));
  const world = await createPipelineWorld(sshd);
  try {
    await current.run(world, body);
  } finally {
    await world.dispose();
    if (ownSshd) await sshd.dispose();
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

after(async () => {
  await (await shared)?.dispose();
  shared = undefined;
});
