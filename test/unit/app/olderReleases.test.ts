import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { carriedOver, knownReleases, withReleasePage } from '../../../src/app/olderReleases.ts';
import { dispatch } from '../../../src/simulator/world/triggers.ts';
import { aRelease } from '../../support/build.ts';
import { environmentOf, waitUntil } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

const numbered = (...ids: readonly number[]) => ids.map((id) => aRelease(`v1.${id}.0`, { id }));
const idsOf = (releases: readonly { readonly id: number }[] | undefined) => releases?.map(({ id }) => id);
const known = { overview: { releases: numbered(9, 8, 7), nextReleases: 'after 7' }, olderReleases: { releases: numbered(6, 5), next: 'after 5' } };

async function large(): Promise<World> {
  const world = startWorld({ scenario: 'large' });
  await world.open();
  return world;
}

const environment = 'staging/eu-west';

/** Lets a teammate ship a version, and waits until we know that it is live. */
async function ship(world: World, version: string): Promise<void> {
  const { world: sim } = world.simulator;
  const workflow = sim.home.workflows.find(({ path }) => path.endsWith('/deploy.yml'));
  assert.ok(workflow);
  const run = dispatch(sim, sim.home, workflow, { ref: 'main', actor: 'ana', inputs: { environment, version } });
  await waitUntil(world, () => {
    const { live } = environmentOf(world, environment);
    return typeof live === 'object' && live.runId === run.id;
  }, 60 * 60_000, 10_000);
}

describe('releases beyond the first page', () => {
  it('take in a page without repeating what overlaps', () => {
    assert.deepEqual(withReleasePage(known, { releases: numbered(5, 4), next: undefined }), { releases: numbered(6, 5, 4), next: undefined });
  });

  it('leave no gap when new releases push others off the first page, and forget deleted ones', () => {
    const pushed = { releases: numbered(10, 9, 8), nextReleases: 'after 8' };
    assert.deepEqual(idsOf(carriedOver(known, pushed)?.releases), [7, 6, 5]);
    const deleted = { releases: numbered(9, 8, 6), nextReleases: 'after 6' };
    const after = { overview: deleted, olderReleases: carriedOver(known, deleted) };
    assert.deepEqual([idsOf(knownReleases(after)), after.olderReleases?.next], [[9, 8, 6, 5], 'after 5']);
  });

  it('are asked for anew when nothing links them to the first page, and are none when that holds all', () => {
    assert.equal(carriedOver(known, { releases: numbered(99, 98, 97), nextReleases: 'after 97' }), undefined);
    assert.equal(carriedOver(known, { releases: numbered(9, 8), nextReleases: undefined }), undefined);
  });

  it('join the others in version order, are there still after a refresh, and tell while they load', async () => {
    const world = await large();
    const { store, refresher } = world.session;
    assert.deepEqual([store.state.releases.length, store.state.moreReleases], [50, { total: 200, isLoading: false }]);
    const loading: boolean[] = [];
    store.onDidChange(({ after }) => void loading.push(after.moreReleases?.isLoading ?? false));
    await world.clock.until(Promise.all([refresher.loadMoreReleases(), refresher.loadMoreReleases()]));
    assert.ok(loading.includes(true) && !store.state.moreReleases?.isLoading);
    assert.equal(store.state.releases.length, 100);
    const minors = store.state.releases.map(({ tag }) => Number(/^v(\d+)\./.exec(tag)?.[1]) * 1_000 + Number(/\.(\d+)\./.exec(tag)?.[1]));
    assert.deepEqual(minors, minors.toSorted((a, b) => b - a));
    const { home } = world.simulator.world;
    const newest = home.releases.at(-1);
    assert.ok(newest);
    home.releases.push({ ...newest, id: newest.id + 1, tagName: 'v9.0.0', createdAt: newest.createdAt + 1, publishedAt: world.clock.now() });
    await world.clock.until(refresher.refresh());
    assert.deepEqual([store.state.releases.length, store.state.releases[0]?.tag, store.state.moreReleases?.total], [101, 'v9.0.0', 201]);
    world.dispose();
  });

  it('do not keep a live version from its name: tags tell it, and the release appears once loaded', async () => {
    const world = await large();
    const { store, refresher } = world.session;
    const old = world.simulator.world.home.releases[3]?.tagName ?? '';
    await ship(world, old);
    const { live } = environmentOf(world, environment);
    assert.ok(typeof live === 'object');
    assert.deepEqual([live.label, live.sha, live.conflict], [old, world.simulator.world.home.tags.get(old)?.commit, 'recordOnly']);
    await waitUntil(world, () => environmentOf(world, environment).waiting.kind === 'known', 5_000);
    assert.ok(!store.state.releases.some(({ tag }) => tag === old));
    while (store.state.moreReleases) await world.clock.until(refresher.loadMoreReleases());
    assert.equal(store.state.releases.find(({ tag }) => tag === old)?.sha, live.sha);
    world.dispose();
  });

  it('do not keep earlier deployments from their names either, once the history is opened', async () => {
    const world = await large();
    const { releases } = world.simulator.world.home;
    const [old, young] = [releases[3]?.tagName ?? '', releases.at(-1)?.tagName ?? ''];
    await ship(world, old);
    await ship(world, young);
    // A new window has read no tags: what is live has a release that it knows.
    const again = world.reload();
    await again.open();
    await again.clock.advance(5_000);
    const named = () => environmentOf(again, environment).history.slice(0, 2).map(({ label, isProvisional }) => [label, isProvisional === true]);
    assert.deepEqual([named()[0], named()[1]?.[1], again.session.store.state.facts?.tags], [[young, false], true, []]);
    await again.clock.until(again.session.refresher.loadHistory(environment));
    assert.deepEqual(named(), [[young, false], [old, false]]);
    again.dispose();
  });

  it('never call a live version by the commit that its run ran on before the tags were read', async () => {
    const world = await large();
    const old = world.simulator.world.home.releases[3]?.tagName ?? '';
    await ship(world, old);
    const again = world.reload();
    const said = new Set<string>();
    again.session.store.onDidChange(() => {
      const live = again.session.store.state.environments.find(({ target }) => target.environment === environment)?.live;
      if (live !== undefined) said.add(typeof live === 'object' ? live.label : live);
    });
    await again.open();
    await again.clock.advance(5_000);
    assert.deepEqual([...said], ['unknown', old]);
    again.dispose();
  });
});
