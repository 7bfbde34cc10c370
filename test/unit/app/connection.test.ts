import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deploy, trackedOf, waitUntil } from '../../support/deployFrom.ts';
import { startWorld } from '../../support/startWorld.ts';

const minute = 60_000;

describe('the connection', () => {
  it('is said to be gone once, keeps the last picture, and comes back by itself', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const { environments } = world.session.store.state;
    const said: string[] = [];
    world.session.store.onDidChange(({ before, after }) => {
      if (before.connection.kind !== after.connection.kind) said.push(after.connection.kind);
    });
    world.setOffline(true);
    await world.clock.advance(5 * minute);
    assert.deepEqual(said, ['failed']);
    const { connection } = world.session.store.state;
    assert.ok(connection.kind === 'failed' && connection.error.kind === 'offline' && connection.asOf !== undefined);
    assert.equal(world.session.store.state.environments, environments);
    world.setOffline(false);
    await world.clock.advance(31_000);
    assert.deepEqual(said, ['failed', 'online']);
    world.dispose();
  });

  it('that was never there is tried again until there is a picture', async () => {
    const world = startWorld({ scenario: 'quiet' });
    world.setOffline(true);
    await world.open();
    assert.equal(world.session.store.state.connection.kind, 'failed');
    await world.clock.advance(2 * minute);
    world.setOffline(false);
    await world.clock.advance(31_000);
    assert.equal(world.session.store.state.connection.kind, 'online');
    assert.ok(world.session.store.state.facts);
    world.dispose();
  });

  it('that breaks in mid-deploy loses nothing of it', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    const key = await deploy(world, 'staging');
    await waitUntil(world, () => trackedOf(world, key).phase === 'inProgress', 5 * minute);
    world.setOffline(true);
    await world.clock.advance(20 * minute);
    assert.equal(trackedOf(world, key).phase, 'inProgress', 'offline is no state of a run');
    world.setOffline(false);
    await world.clock.advance(35_000);
    assert.equal(trackedOf(world, key).phase, 'completed');
    world.dispose();
  });

  it('to a server in trouble is tried ever more rarely', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    await world.clock.advance(5_000);
    world.simulator.inject({ kind: '500', times: 1_000 });
    world.forget();
    await world.clock.advance(5 * minute);
    assert.ok(world.sent.length <= 40, `${world.sent.length} requests in five minutes`);
    world.simulator.faults.clear();
    await world.clock.advance(31_000);
    assert.equal(world.session.store.state.connection.kind, 'online');
    world.dispose();
  });

  it('that GitHub limits waits as long as it says, and says until when', async () => {
    const world = startWorld({ scenario: 'quiet' });
    await world.open();
    await world.clock.advance(5_000);
    world.simulator.inject({ kind: 'rateLimitSecondary', times: 1 });
    await world.clock.until(world.session.refresher.refresh());
    const { connection } = world.session.store.state;
    assert.ok(connection.kind === 'failed' && connection.error.kind === 'rateLimited');
    assert.ok(connection.retryAt !== undefined && connection.retryAt > world.github.serverNow());
    world.forget();
    await world.clock.advance(connection.retryAt - world.github.serverNow() - 1_500);
    assert.equal(world.sent.length, 0);
    await world.clock.advance(minute);
    assert.equal(world.session.store.state.connection.kind, 'online');
    world.dispose();
  });

  it('with a token that is refused says so and does not hammer', async () => {
    const world = startWorld({ scenario: 'quiet', token: 'nobody' });
    await world.open();
    const { connection } = world.session.store.state;
    assert.ok(connection.kind === 'failed' && connection.error.kind === 'tokenRejected');
    world.forget();
    await world.clock.advance(10 * minute);
    assert.ok(world.sent.length <= 20, String(world.sent.length));
    world.dispose();
  });
});
