import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { shippableVersions } from '../../../src/app/shippableVersions.ts';
import { versionChoices } from '../../../src/app/versionChoices.ts';
import type { DeployTarget } from '../../../src/core/deployTarget.ts';
import { environmentOf, patient } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

async function opened(): Promise<World> {
  const world = startWorld({ scenario: 'team' });
  await world.open();
  await world.clock.until(world.session.refresher.loadVersions());
  world.forget();
  return world;
}

/** Production as if its workflow took no version, so that it runs on the version itself. */
function production(world: World): DeployTarget {
  const { target } = environmentOf(world, 'production');
  assert.ok(target.deploy);
  return { ...target, deploy: { ...target.deploy, inputs: {} } };
}

async function choices(world: World, target: DeployTarget) {
  return world.clock.until(shippableVersions(world.session, target, versionChoices(world.session.store.state, target), patient));
}

describe('versions that a workflow can ship which runs on them', () => {
  it('are those whose own copy of it can be started by hand; the others stand last, with the reason', async () => {
    const world = await opened();
    const all = await choices(world, production(world));
    const { home } = world.simulator.world;
    const holds = (sha: string) => /workflow_dispatch/.test(home.commits.get(sha)?.files.get('.github/workflows/deploy.yml') ?? '');
    const refs = all.filter(({ version, disabled }) => version.kind !== 'commit' && !disabled?.message.startsWith('A draft'));
    assert.ok(refs.some(({ disabled }) => disabled) && refs.some(({ disabled }) => !disabled));
    for (const { version, disabled } of refs) {
      assert.equal(disabled?.message, holds(version.sha) ? undefined : 'Its copy of the workflow cannot be started by hand.', version.label);
    }
    const firstClosed = all.findIndex(({ disabled }) => disabled);
    assert.ok(all.slice(firstClosed).every(({ disabled }) => disabled));
    world.dispose();
  });

  it('are found in two requests, however many refs there are', async () => {
    const world = await opened();
    await choices(world, production(world));
    assert.deepEqual(world.sent.map(({ method, path, cost }) => [method, path, cost]), [['POST', '/api/graphql', 1], ['POST', '/api/graphql', 1]]);
    world.dispose();
  });

  it('do not include a branch without the workflow, nor one that cannot be read', async () => {
    const world = await opened();
    const target = production(world);
    const { home } = world.simulator.world;
    // The world's commits are open to the test, as GitHub's are to nobody.
    const replant = (branch: string, change: (files: Map<string, string>) => void) => {
      const head = home.commits.get(home.branches.get(branch) ?? '') ?? assert.fail();
      const files = new Map(head.files);
      change(files);
      home.commits.set(`${branch.length}`.padStart(40, 'a'), { ...head, sha: `${branch.length}`.padStart(40, 'a'), files });
      home.branches.set(branch, `${branch.length}`.padStart(40, 'a'));
    };
    replant('main', (files) => void files.delete('.github/workflows/deploy.yml'));
    replant('develop', (files) => void files.set('.github/workflows/deploy.yml', 'on: ['));
    const all = await choices(world, target);
    const why = (label: string) => all.find(({ version }) => version.label === label)?.disabled?.message;
    assert.deepEqual([why('main'), why('develop')], ['It does not hold the workflow.', 'Its copy of the workflow cannot be read.']);
    world.dispose();
  });

  it('are anything where the workflow takes a version, and nothing is asked', async () => {
    const world = await opened();
    const { target } = environmentOf(world, 'production');
    const offered = versionChoices(world.session.store.state, target);
    assert.equal(await choices(world, target).then((all) => all.length), offered.length);
    assert.deepEqual(world.sent, []);
    world.dispose();
  });

  it('stay open while it cannot be read', async () => {
    const world = await opened();
    const target = production(world);
    world.setOffline(true);
    assert.deepEqual(await choices(world, target), versionChoices(world.session.store.state, target));
    world.dispose();
  });
});
