import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FaultKind } from '../../../src/simulator/faults.ts';
import { calmDown, deploy, runsOf, trackedOf, waitUntil } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

const minute = 60_000;

async function opened(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const world = startWorld({ scenario: 'quiet', ...options });
  await world.open();
  return world;
}

function strike(world: World, kind: FaultKind, times = 1): void {
  world.simulator.inject({ kind, times, match: { method: 'POST', path: '/dispatches$' } });
}

function dispatches(world: World): number {
  return world.sent.filter(({ path, method }) => method === 'POST' && path.endsWith('/dispatches')).length;
}

describe('a dispatch', () => {
  for (const kind of ['502AfterEffect', 'droppedAfterEffect', 'malformedBody'] as const) {
    it(`is sent once and found again when the answer is lost (${kind})`, async () => {
      const world = await opened();
      strike(world, kind, 5);
      const key = await deploy(world, 'staging');
      assert.ok(['unconfirmed', 'queued'].includes(trackedOf(world, key).phase), trackedOf(world, key).phase);
      await waitUntil(world, () => 'seen' in trackedOf(world, key), minute);
      assert.equal(runsOf(world, key).length, 1);
      assert.equal(dispatches(world), 1);
      const found = trackedOf(world, key);
      assert.equal('seen' in found && found.seen.runId, runsOf(world, key)[0]?.id);
      await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 15 * minute);
      world.dispose();
    });
  }

  it('that never arrived is given up honestly and never sent again', async () => {
    const world = await opened();
    strike(world, 'droppedSocket', 5);
    const key = await deploy(world, 'staging');
    assert.equal(trackedOf(world, key).phase, 'unconfirmed');
    await world.clock.advance(45_000);
    assert.equal(trackedOf(world, key).phase, 'unconfirmed', 'it looks for a minute');
    await world.clock.advance(45_000);
    assert.equal(trackedOf(world, key).phase, 'notSeen');
    await world.clock.advance(10 * minute);
    assert.deepEqual([dispatches(world), runsOf(world, key).length], [1, 0]);
    world.session.tracker.dismiss(key);
    assert.equal(world.session.store.state.tracked.length, 0);
    world.dispose();
  });

  it('of a server without run details is found by its id in the run’s title', async () => {
    const world = await opened({ scenario: 'old-enterprise' });
    await calmDown(world);
    const key = await deploy(world, 'staging');
    assert.equal(trackedOf(world, key).phase, 'accepted');
    await waitUntil(world, () => 'seen' in trackedOf(world, key), minute);
    const found = trackedOf(world, key);
    assert.equal('seen' in found && found.seen.runId, runsOf(world, key)[0]?.id);
    world.dispose();
  });

  it('whose workflow copy takes no id is found as the only one that it can be', async () => {
    const world = await opened({ scenario: 'old-enterprise' });
    await calmDown(world);
    const { correlation_id: _none, ...inputs } = (await requestFor(world)).inputs;
    const before = new Set(world.simulator.world.home.runs);
    const key = await world.clock.until(world.session.tracker.dispatch({ ...(await requestFor(world)), inputs }));
    await waitUntil(world, () => 'seen' in trackedOf(world, key), minute);
    const found = trackedOf(world, key);
    assert.deepEqual(world.simulator.world.home.runs.filter((run) => !before.has(run)).map(({ id }) => id), ['seen' in found && found.seen.runId]);
    world.dispose();
  });

  it('that GitHub refuses ends as refused, with GitHub’s reason', async () => {
    const world = await opened();
    const workflow = world.simulator.world.home.workflows.find(({ path }) => path.endsWith('/deploy.yml'));
    assert.ok(workflow);
    const told: string[] = [];
    world.session.store.onDidChange(({ events }) => told.push(...events.map(({ type }) => type)));
    workflow.state = 'disabled_manually';
    const key = await world.session.tracker.dispatch({ ...(await requestFor(world)), correlationId: 'refused-1' });
    const refused = trackedOf(world, key);
    assert.ok(refused.phase === 'rejected');
    assert.deepEqual(told, ['dispatched', 'rejected']);
    await world.clock.advance(5 * minute);
    assert.equal(dispatches(world), 1);
    world.dispose();
  });

  it('is written down before it is sent, and followed again by the next window', async () => {
    const world = await opened();
    let isWrittenFirst = false;
    const request = await requestFor(world);
    const dispatch = world.github.dispatch.bind(world.github);
    Object.assign(world.github, {
      dispatch: (...args: Parameters<typeof dispatch>) => {
        isWrittenFirst = JSON.stringify(world.storage.get('tracked:sim.test/atelier-nord/crm') ?? '').includes(request.correlationId);
        return dispatch(...args);
      },
    });
    const key = await world.session.tracker.dispatch(request);
    assert.ok(isWrittenFirst);
    await world.clock.advance(10_000);
    const next = world.reload();
    const told: string[] = [];
    next.session.store.onDidChange(({ events }) => told.push(...events.map(({ type }) => type).filter((type) => type !== 'progressed')));
    await next.open();
    await waitUntil(next, () => trackedOf(next, key).phase === 'completed', 15 * minute);
    assert.equal(told.at(-1), 'succeeded');
    assert.equal(runsOf(next, key).length, 1);
    assert.equal(next.session.store.state.tracked.length, 1, 'the run is followed once, not as a stranger’s too');
    next.dispose();
  });

  it('whose window closed while it was being sent is looked for by the next', async () => {
    const world = await opened();
    const request = await requestFor(world);
    const dispatch = world.github.dispatch.bind(world.github);
    Object.assign(world.github, {
      dispatch: async (...args: Parameters<typeof dispatch>) => {
        await dispatch(...args);
        return new Promise(() => {});
      },
    });
    void world.session.tracker.dispatch(request);
    await world.clock.advance(1_000);
    const next = world.reload();
    await next.open();
    await waitUntil(next, () => 'seen' in trackedOf(next, request.correlationId), minute);
    assert.equal(runsOf(next, request.correlationId).length, 1);
    next.dispose();
  });

  it('that ended while no window was open is told by the next with its true end', async () => {
    const world = await opened();
    const key = await deploy(world, 'staging');
    await world.clock.advance(2_000);
    world.session.dispose();
    await world.clock.advance(30 * minute);
    const next = world.reload();
    await next.open();
    await next.clock.advance(5_000);
    const ended = trackedOf(next, key);
    assert.ok(ended.phase === 'completed' && ended.conclusion === 'success');
    assert.ok(ended.completedAt < next.clock.now() - 15 * minute);
    next.dispose();
  });

  it('goes on when the disk is full', async () => {
    const world = await opened();
    Object.assign(world.storage, { failing: true });
    const key = await deploy(world, 'staging');
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 15 * minute);
    assert.ok(world.log.errors.length > 0);
    world.dispose();
  });
});

async function requestFor(world: World) {
  const { plan } = await import('../../support/deployFrom.ts');
  return (await plan(world, 'staging')).request;
}
