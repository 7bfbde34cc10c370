import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sendDeploy } from '../../../src/app/sendDeploy.ts';
import { deploy, plan, trackedOf, waitUntil } from '../../support/deployFrom.ts';
import { startWorld } from '../../support/startWorld.ts';

describe('the log of a deploy', () => {
  it('says what was asked and what came of it, without inputs and reasons', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const planned = await plan(world, 'staging');
    const key = await world.clock.until(sendDeploy(world.session, planned, {}, 'nobody but us must know'));
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 15 * 60_000);
    const run = trackedOf(world, key);
    const told = world.log.lines.filter((line) => line.startsWith('info deploy of')).map((line) => line.replace(/^.* to staging: /, ''));
    assert.ok('seen' in run);
    assert.deepEqual(told, ['being sent', `queued as run ${run.seen.runId}`, `in progress in run ${run.seen.runId}`, 'succeeded']);
    assert.ok(!world.log.lines.join('\n').includes('nobody but us'));
    world.dispose();
  });

  it('says why GitHub refused', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const planned = await plan(world, 'staging');
    world.simulator.inject({ kind: '403saml', match: { method: 'POST', path: '/dispatches$' } });
    await world.clock.until(sendDeploy(world.session, planned, {}, ''));
    assert.match(world.log.lines.at(-1) ?? '', /refused, samlRequired \(403 Resource protected/);
    world.dispose();
  });

  it('tells nothing of what others deploy', async () => {
    const world = startWorld({ scenario: 'team' });
    await world.open();
    assert.deepEqual(world.log.lines.filter((line) => line.startsWith('info')), []);
    await deploy(world, 'staging');
    assert.ok(world.log.lines.some((line) => line.startsWith('info deploy of')));
    world.dispose();
  });
});
