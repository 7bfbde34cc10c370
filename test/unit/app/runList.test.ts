import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RunFilter } from '../../../src/app/repositoryState.ts';
import { perform } from '../../../src/simulator/teammates.ts';
import { waitUntil } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

async function opened(): Promise<World> {
  const world = startWorld({ scenario: 'team' });
  await world.open();
  return world;
}

function list(world: World) {
  const { runs } = world.session.store.state;
  assert.ok(runs);
  return runs;
}

async function filtered(world: World, filter: RunFilter) {
  await world.clock.until(world.session.refresher.setRunFilter(filter));
  return list(world);
}

describe('the list of runs', () => {
  it('is newest first, a page at a time, each run once', async () => {
    const world = await opened();
    const first = list(world);
    assert.ok(first.hasMore && first.runs.length === 16 && first.total > 300);
    await world.clock.until(world.session.refresher.loadMoreRuns());
    perform(world.simulator.world, { act: 'deploy', as: 'ana', environment: 'staging' });
    await waitUntil(world, () => list(world).runs.length > 32, 5 * 60_000);
    const { runs, loadingMore } = list(world);
    assert.equal(new Set(runs.map(({ id }) => id)).size, runs.length);
    assert.deepEqual(runs.map(({ createdAt }) => createdAt), runs.map(({ createdAt }) => createdAt).toSorted((a, b) => b - a));
    assert.equal(loadingMore, false);
    world.dispose();
  });

  it('filters by workflow, branch, state, person and environment', async () => {
    const world = await opened();
    const viewer = world.session.store.state.facts?.viewer;
    assert.ok((await filtered(world, { workflow: 'ci.yml' })).runs.every(({ workflowPath }) => workflowPath.endsWith('/ci.yml')));
    assert.ok((await filtered(world, { branch: 'develop' })).runs.every(({ branch }) => branch === 'develop'));
    const failed = await filtered(world, { status: 'failure' });
    assert.ok(failed.runs.length > 0 && failed.runs.every(({ conclusion }) => conclusion === 'failure'));
    const mine = await filtered(world, { mine: true });
    assert.ok(mine.runs.length > 0 && mine.runs.every(({ actor }) => actor === viewer));
    const production = await filtered(world, { environment: 'production' });
    assert.ok(production.runs.length > 0 && production.runs.every(({ title }) => title.includes('production')), production.runs.map(({ title }) => title).join('\n'));
    const before = production.runs.length;
    await world.clock.until(world.session.refresher.loadMoreRuns());
    assert.ok(list(world).runs.length > before);
    const all = await filtered(world, {});
    assert.ok(all.runs.length === 16 && all.total > 300);
    world.dispose();
  });

  it('keeps noticing new deploys while a filter hides them', async () => {
    const world = await opened();
    await filtered(world, { workflow: 'ci.yml' });
    const before = world.session.store.state.tracked.length;
    perform(world.simulator.world, { act: 'deploy', as: 'ana', environment: 'production', version: 'v1.38.0' });
    await waitUntil(world, () => world.session.store.state.tracked.length > before, 3 * 60_000);
    assert.ok(list(world).runs.every(({ workflowPath }) => workflowPath.endsWith('/ci.yml')));
    world.dispose();
  });

  it('reads jobs when a run is opened, and again when the run has moved', async () => {
    const world = await opened();
    const [run] = list(world).runs.filter(({ status }) => status === 'completed');
    assert.ok(run);
    await world.clock.until(world.session.refresher.loadJobs(run.id));
    assert.ok((world.session.store.state.jobs.get(run.id) ?? []).length > 0);
    world.dispose();
  });
});
