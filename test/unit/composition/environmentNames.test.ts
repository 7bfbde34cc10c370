import assert from 'node:assert/strict';
import { EnvironmentNames } from '../../../src/composition/environmentNames.ts';
import { startWorld, plainSettings } from '../../support/startWorld.ts';

describe('the names of the environments', () => {
  it('are asked for once, in the background, and told when they are there', async () => {
    const world = startWorld();
    await world.open();
    world.forget();
    let told = 0;
    const names = new EnvironmentNames(world.log, () => told++);
    assert.equal(names.of(world.session), undefined);
    assert.equal(names.of(world.session), undefined);
    await world.clock.advance(100);
    assert.equal(told, 1);
    assert.ok(names.of(world.session)?.includes('notifications'));
    assert.equal(world.sent.filter(({ path }) => path.endsWith('/environments')).length, 1);
    world.dispose();
  });

  it('are asked for by the check only, where nothing may be asked in the background', async () => {
    const world = startWorld({ settings: { ...plainSettings, backgroundRefresh: false } });
    await world.open();
    world.forget();
    const names = new EnvironmentNames(world.log, () => assert.fail('nobody asked'));
    assert.equal(names.of(world.session), undefined);
    await world.clock.advance(100);
    assert.deepEqual(world.sent, []);
    assert.equal(await world.clock.until(names.read(world.session), 10_000), true);
    assert.ok(names.of(world.session)?.includes('production'));
    world.dispose();
  });

  it('are not known while GitHub does not tell', async () => {
    const world = startWorld();
    await world.open();
    world.setOffline(true);
    const names = new EnvironmentNames(world.log, () => assert.fail('nothing was read'));
    assert.equal(await world.clock.until(names.read(world.session), 120_000), false);
    assert.equal(names.of(world.session), undefined);
    world.dispose();
  });
});
