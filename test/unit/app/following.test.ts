import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { median } from '../../../src/core/expectedDuration.ts';
import type { Run } from '../../../src/simulator/world/model.ts';
import { perform } from '../../../src/simulator/teammates.ts';
import { calmDown, deploy, environmentOf, trackedOf, waitUntil } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

const minute = 60_000;

function serverView(world: World, runId: number): string {
  world.simulator.advance(0);
  const run: Run | undefined = world.simulator.world.home.runById.get(runId);
  return (run?.attempts.at(-1)?.jobs ?? []).flatMap((job) => job.steps.map((step) => step.status)).join();
}

function screenView(world: World, runId: number): string {
  const run = world.session.store.state.tracked.find((one) => 'seen' in one && one.seen.runId === runId);
  const words: Record<string, string> = { inProgress: 'in_progress' };
  return run && 'seen' in run ? run.seen.jobs.flatMap((job) => job.steps.map((step) => words[step.status] ?? step.status)).join() : '';
}

function runIdOf(world: World, key: string): number {
  const run = trackedOf(world, key);
  if (!('seen' in run)) throw new Error(`${key} has no run yet.`);
  return run.seen.runId;
}

describe('following', () => {
  it('shows what the server changes within seconds', async () => {
    const world = startWorld({ scenario: 'quiet', latencyMs: 80 });
    await world.open();
    const key = await deploy(world, 'staging');
    const runId = runIdOf(world, key);
    const delays: number[] = [];
    let before = serverView(world, runId);
    let unseen: { readonly at: number; readonly view: string }[] = [];
    for (let step = 0; trackedOf(world, key).phase !== 'completed' && step < 12_000; step++) {
      await world.clock.advance(50);
      const now = serverView(world, runId);
      if (now !== before) unseen.push({ at: world.clock.now(), view: now });
      before = now;
      const shown = unseen.findIndex(({ view }) => view === screenView(world, runId)) + 1;
      delays.push(...unseen.slice(0, shown).map(({ at }) => world.clock.now() - at));
      unseen = unseen.slice(shown);
    }
    console.log(`      ${delays.length} changes: median ${median(delays)} ms, worst ${Math.max(...delays)} ms`);
    assert.ok(delays.length >= 20, `${delays.length} changes were seen`);
    assert.ok(median(delays) <= 3_000 && Math.max(...delays) <= 6_000, delays.join());
    world.dispose();
  });

  it('follows five runs together within fifteen requests a minute, in any minute', async () => {
    const world = startWorld({ scenario: 'team', latencyMs: 80 });
    await world.open();
    for (let index = 0; index < 5; index++) perform(world.simulator.world, { act: 'deploy', as: index % 2 ? 'ana' : 'jonas', environment: index % 2 ? 'staging' : 'production' });
    await waitUntil(world, () => world.session.store.state.tracked.length >= 6, 3 * minute);
    world.forget();
    const start = world.clock.now();
    await world.clock.advance(6 * minute);
    const times = world.sent.map(({ at }) => at);
    const busiest = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + minute).length));
    console.log(`      six minutes: ${times.length} requests, at most ${busiest} in a minute`);
    assert.ok(busiest <= 15, `${busiest} requests in a minute from ${start}`);
    assert.ok(times.length >= 30, 'it does look');
    world.dispose();
  });

  it('moves from dispatch to success, tells each moment once, and then shows what is live', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const told: string[] = [];
    world.session.store.onDidChange(({ events }) => told.push(...events.map(({ type }) => type).filter((type) => type !== 'progressed')));
    const key = await deploy(world, 'staging');
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 15 * minute);
    await world.clock.advance(30_000);
    assert.deepEqual(told, ['dispatched', 'found', 'started', 'succeeded']);
    const { live, waiting, history } = environmentOf(world, 'staging');
    assert.ok(typeof live === 'object' && live.runId === runIdOf(world, key));
    assert.equal(live.evidence[0]?.source, 'ownRecord');
    assert.deepEqual([live.verdict, waiting.kind === 'known' && waiting.ahead, history[0]?.state], ['agree', 0, 'live']);
    assert.ok(!world.storage.get<readonly unknown[]>('tracked:sim.test/atelier-nord/crm')?.length, 'nothing is left to follow');
    world.dispose();
  });

  it('lists what it follows at once, and still when it ended before the list was read again', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'staging');
    const runId = runIdOf(world, key);
    await waitUntil(world, () => world.session.store.state.runs?.runs[0]?.id === runId, 10_000);
    world.simulator.advance(10 * minute);
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 10_000);
    const listed = world.session.store.state.runs?.runs.find(({ id }) => id === runId);
    assert.deepEqual([listed?.status, listed?.conclusion], ['completed', 'success']);
    world.dispose();
  });

  it('waits for a reviewer with the names of those who may let it pass', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'production', 'v1.37.0');
    await waitUntil(world, () => trackedOf(world, key).phase === 'waiting', 10 * minute);
    const waiting = trackedOf(world, key);
    assert.ok('seen' in waiting && waiting.seen.pending[0]?.environment === 'production' && waiting.seen.pending[0].reviewers.length > 0);
    perform(world.simulator.world, { act: 'approve' });
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 10 * minute);
    world.dispose();
  });

  it('does not say that a deploy waits before it knows for whom, though a list of runs says so first', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'production', 'v1.37.0');
    const { store, refresher } = world.session;
    const said: string[] = [];
    store.onDidChange(() => {
      const run = trackedOf(world, key);
      if (run.phase === 'waiting') said.push(run.seen.pending.flatMap(({ reviewers }) => reviewers).join(', '));
    });
    const isWaiting = () => world.simulator.world.home.runs.at(-1)?.attempts.at(-1)?.jobs.some(({ status }) => status === 'waiting') === true;
    while (!isWaiting()) {
      await world.clock.advance(50);
      world.simulator.advance(0);
    }
    assert.notEqual(trackedOf(world, key).phase, 'waiting');
    await world.clock.until(refresher.refresh());
    await waitUntil(world, () => said.length > 0, 10_000);
    assert.ok(said.every((names) => names !== ''), said.join(' | '));
    world.dispose();
  });

  it('finds and follows a teammate’s deploy, and lets it be from a window that nobody looks at', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    perform(world.simulator.world, { act: 'deploy', as: 'ana', environment: 'staging' });
    await waitUntil(world, () => world.session.store.state.tracked.length === 1, 3 * minute);
    assert.equal(world.session.store.state.tracked[0]?.request, undefined);
    world.session.refresher.setAttention({ focused: false, visible: false });
    world.forget();
    await world.clock.advance(10 * minute);
    assert.equal(world.sent.length, 0);
    world.session.refresher.setAttention({ focused: true, visible: true });
    await world.clock.advance(1_000);
    assert.equal(world.session.store.state.tracked[0]?.phase, 'completed', 'one look on coming back');
    world.dispose();
  });

  it('follows its own deploy slowly while another window has the focus', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'staging');
    world.session.refresher.setAttention({ focused: false, visible: false });
    await world.clock.advance(1_000);
    world.forget();
    await world.clock.advance(minute);
    assert.ok(world.sent.length >= 2 && world.sent.length <= 4, `${world.sent.length} requests`);
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 15 * minute);
    world.dispose();
  });

  it('cancels, and says so only when GitHub did', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'staging');
    await waitUntil(world, () => trackedOf(world, key).phase === 'inProgress', 5 * minute);
    await world.clock.until(world.session.tracker.cancel(key));
    assert.equal(trackedOf(world, key).phase, 'cancelling');
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 5 * minute);
    const ended = trackedOf(world, key);
    assert.equal(ended.phase === 'completed' && ended.conclusion, 'cancelled');
    await assert.rejects(async () => {
      await world.clock.until(world.session.github.cancel(world.session.repository, runIdOf(world, key)));
    }, { kind: 'conflict' });
    world.dispose();
  });

  it('follows a re-run as the next attempt of the same run', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'staging');
    await waitUntil(world, () => trackedOf(world, key).phase === 'inProgress', 5 * minute);
    await world.clock.until(world.session.tracker.cancel(key));
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 5 * minute);
    const told: string[] = [];
    world.session.store.onDidChange(({ events }) => told.push(...events.map(({ type }) => type).filter((type) => type !== 'progressed')));
    const first = trackedOf(world, key).request?.correlationId;
    await world.clock.until(world.session.tracker.rerun(runIdOf(world, key), false));
    await waitUntil(world, () => trackedOf(world, key).phase !== 'completed', minute);
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 15 * minute);
    const ended = trackedOf(world, key);
    assert.ok(ended.phase === 'completed' && ended.seen.attempt === 2 && ended.conclusion === 'success');
    assert.equal(ended.request?.kind, 'rerun');
    assert.notEqual(ended.request?.correlationId, first);
    assert.deepEqual([told[0], told.at(-1)], ['rerun', 'succeeded']);
    world.dispose();
  });

  it('calls a run lost that GitHub does not show any more', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'staging');
    await waitUntil(world, () => trackedOf(world, key).phase === 'inProgress', 5 * minute);
    const { home } = world.simulator.world;
    const runId = runIdOf(world, key);
    home.runs.splice(home.runs.findIndex((run) => run.id === runId), 1);
    home.runById.delete(runId);
    await waitUntil(world, () => trackedOf(world, key).phase === 'lost', 5 * minute);
    await calmDownLost(world, key);
    world.dispose();
  });

  it('starts quietly beside the deploys that run already', async () => {
    const world = startWorld({ scenario: 'team' });
    await world.open();
    assert.equal(world.session.store.state.tracked.length, 1);
    await calmDown(world);
    world.dispose();
  });
});

async function calmDownLost(world: World, key: string): Promise<void> {
  world.forget();
  await world.clock.advance(5 * minute);
  assert.ok(world.sent.length <= 8, `a lost run is not asked for for ever: ${world.sent.length}`);
  world.session.tracker.dismiss(key);
  assert.equal(world.session.store.state.tracked.length, 0);
}
