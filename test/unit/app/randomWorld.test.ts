import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cancelRun, rerun } from '../../../src/simulator/world/control.ts';
import type { FaultKind } from '../../../src/simulator/faults.ts';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { perform } from '../../../src/simulator/teammates.ts';
import { planDeploy } from '../../../src/app/planDeploy.ts';
import { sendDeploy } from '../../../src/app/sendDeploy.ts';
import { patient, runsOf, versionOf } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

const minute = 60_000;
const faults: readonly FaultKind[] = ['500', '502AfterEffect', 'droppedSocket', 'droppedAfterEffect', 'malformedBody', 'rateLimitSecondary'];
const conclusions: Record<string, string> = { timed_out: 'timedOut', action_required: 'actionRequired', startup_failure: 'startupFailure' };

/** A person, teammates and a network that do anything at any time, by a seed. */
class Chaos {
  world: World;
  readonly keys: string[] = [];
  #state: number;
  #plans = 0;

  constructor(seed: number) {
    this.#state = seed * 7_919;
    this.world = startWorld({ scenario: 'quiet', seed });
  }

  pick<T>(list: readonly T[]): T | undefined {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return list[this.#state % list.length];
  }

  async live(): Promise<void> {
    const { world } = this;
    const act = this.pick(['deploy', 'deploy', 'deploy', 'cancel', 'theirCancel', 'approve', 'rerun', 'theirDeploy', 'fault', 'fault', 'offline', 'look', 'reload']);
    switch (act) {
      case 'deploy':
        await this.#deploy();
        break;
      case 'cancel': {
        const run = this.pick(world.session.store.state.tracked);
        if (run) await this.#tolerate(world.session.tracker.cancel(run.key));
        break;
      }
      case 'theirCancel': {
        const run = this.pick(world.simulator.world.home.runs.slice(-3));
        if (run) cancelRun(world.simulator.world, run);
        break;
      }
      case 'approve':
        try {
          perform(world.simulator.world, { act: 'approve' });
        } catch {
          // Nothing waits.
        }
        break;
      case 'rerun': {
        const run = this.pick(world.simulator.world.home.runs.slice(-3));
        if (run) rerun(world.simulator.world, run, 'ana');
        break;
      }
      case 'theirDeploy':
        perform(world.simulator.world, { act: 'deploy', as: 'jonas', environment: this.pick(['staging', 'production']) ?? 'staging' });
        break;
      case 'fault':
        world.simulator.inject({ kind: this.pick(faults) ?? '500', times: 2, ...(this.pick([true, false]) ? { match: { path: '/dispatches$' } } : {}) });
        break;
      case 'offline':
        world.setOffline(this.pick([true, false]) ?? false);
        break;
      case 'look':
        world.session.refresher.setAttention({ focused: this.pick([true, false]) ?? true, visible: this.pick([true, false]) ?? true });
        break;
      case 'reload':
        this.world = world.reload();
        await this.world.open();
        break;
      case undefined:
        break;
    }
    await this.world.clock.advance((this.pick([1, 5, 20, 90, 300]) ?? 1) * 1_000);
  }

  async calm(): Promise<void> {
    const { world } = this;
    world.setOffline(false);
    world.simulator.faults.clear();
    world.session.refresher.setAttention({ focused: true, visible: true });
    for (let round = 0; round < 8; round++) {
      await world.clock.advance(10 * minute);
      for (let waiting = true; waiting; ) {
        try {
          perform(world.simulator.world, { act: 'approve' });
        } catch {
          waiting = false;
        }
      }
    }
    await world.clock.until(world.session.refresher.refresh());
    await world.clock.advance(minute);
  }

  async #deploy(): Promise<void> {
    const { session } = this.world;
    if (!session.store.state.facts) return;
    const environment = this.pick(['staging', 'production']) ?? 'staging';
    this.#plans++;
    await this.#tolerate(
      planDeploy(session, { environment, version: versionOf(this.world, environment), kind: 'deploy' }, patient).then(async (plan) => {
        this.keys.push(await sendDeploy(session, plan, {}, `${this.#plans}`));
      }),
    );
  }

  async #tolerate(act: Promise<unknown>): Promise<void> {
    const done = act.catch((error: unknown) => assert.equal((error as Error).name, 'DeployError', String(error)));
    await this.world.clock.until(done);
  }
}

describe('a team, a network and a window that do anything at any time', () => {
  for (let seed = 1; seed <= 8; seed++) {
    it(`never deploy twice, never follow a stranger, and end as GitHub ended (seed ${seed})`, async () => {
      const chaos = new Chaos(seed);
      await chaos.world.open();
      for (let step = 0; step < 25; step++) await chaos.live();
      await chaos.calm();
      const { world, keys } = chaos;
      for (const key of keys) assert.ok(runsOf(world, key).length <= 1, `${key} was dispatched once`);
      const seen = world.session.store.state.tracked;
      assert.equal(new Set(seen.map(runIdOf)).size, seen.length, 'each run is followed once');
      for (const run of seen) agrees(world, run);
      assert.equal(world.session.store.state.connection.kind, 'online');
      world.dispose();
    });
  }
});

function agrees(world: World, run: TrackedRun): void {
  if (!('seen' in run)) {
    assert.ok(['notSeen', 'rejected'].includes(run.phase), `${run.key} is ${run.phase}`);
    if (run.phase === 'notSeen') assert.equal(runsOf(world, run.key).length, 0, 'what exists is found');
    return;
  }
  const there = world.simulator.world.home.runById.get(run.seen.runId);
  assert.ok(there, 'a followed run exists');
  const id = run.request?.correlationId;
  if (run.request && run.request.kind !== 'rerun') assert.equal(there.inputs['correlation_id'], id, 'ours is ours');
  const last = there.attempts.at(-1);
  assert.ok(last && run.phase === 'completed', `${run.key} is ${run.phase}, GitHub says ${last?.conclusion}`);
  if (run.seen.attempt !== last.number) return;
  assert.equal(run.conclusion, conclusions[last.conclusion ?? ''] ?? last.conclusion);
}

function runIdOf(run: TrackedRun): number | string {
  return 'seen' in run ? run.seen.runId : run.key;
}
