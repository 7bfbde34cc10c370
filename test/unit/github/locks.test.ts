import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gitHubRig } from '../../support/gitHubRig.ts';
import { addHold, addLockBranch } from '../../support/holds.ts';

describe('branches that hold deploys', () => {
  it('come with the overview, in the same request and for the same price', async () => {
    const { github, repository, simulator, requests } = gitHubRig();
    await github.overview(repository, []);
    const before = simulator.log.at(-1)?.cost;
    const { world } = simulator;
    addHold(world, world.home, 'production', { by: 'ana', reason: 'The search is broken' });
    requests();
    const { locks } = await github.overview(repository, []);
    assert.deepEqual(requests(), ['POST /api/graphql 200']);
    assert.equal(simulator.log.at(-1)?.cost, before);
    assert.deepEqual(locks.map(({ name, text }) => [name, JSON.parse(text ?? '{}').reason]), [['production-branch-deploy-lock', 'The search is broken']]);
  });

  it('are read alone for one point, those without a lock among them and no others', async () => {
    const { github, repository, simulator, requests } = gitHubRig();
    const { world } = simulator;
    addHold(world, world.home, 'staging', { by: 'jonas', reason: '' });
    addLockBranch(world, world.home, 'production-branch-deploy-lock', undefined);
    addLockBranch(world, world.home, 'try-branch-deploy-locks-out', '{}');
    const locks = await github.locks(repository);
    assert.deepEqual(requests(), ['POST /api/graphql 200']);
    assert.equal(simulator.log.at(-1)?.cost, 1);
    assert.deepEqual(locks.map(({ name, text }) => [name, text === undefined]), [['production-branch-deploy-lock', true], ['staging-branch-deploy-lock', false]]);
  });
});
