import assert from 'node:assert/strict';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { holdHook, holdTool } from '../support/pipeline/hold.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl, several at once', () => {
  let server: DeployServer;
  beforeEach(async () => void (server = await startDeployServer()));
  afterEach(() => server.dispose());

  it('has exactly one winner in each of 30 rounds of 8', async () => {
    let live = 'none';
    for (let round = 1; round <= 30; round++) {
      // In some rounds the losers wait for the lock and find something else live; in the others they do not get it.
      server.configure({ lock_wait_s: round % 3 === 0 ? 5 : 0 });
      const ids = Array.from({ length: 8 }, (_, index) => `r${round}-${index}`);
      for (const id of ids) server.upload(id);
      const expected = live;
      const answers = await Promise.all(ids.map((id) => server.relctl('publish', id, expected)));
      const winners = answers.filter(({ outcome }) => outcome === 'published');
      assert.equal(winners.length, 1, `round ${round}: ${answers.map(({ outcome }) => outcome).join(' ')}`);
      assert.ok(answers.every(({ code }) => code === 0 || code === 75 || code === 76));
      live = server.live();
      assert.equal(winners[0]?.['release'], live);
    }
    assert.equal((await server.relctl('verify-journal'))['entries'], 90, 'begin, switch and end of each winner');
  });

  it('says who is at it, and lets nobody else in', async () => {
    server.configure({ lock_wait_s: 0 });
    await server.publish('v1', 'none');
    const hold = holdHook(server, 'reload');
    const first = server.publish('v2', 'v1');
    await hold.reached();
    const second = await server.publish('v3', 'any');
    const rollback = await server.relctl('rollback');
    const status = await server.relctl('status');
    hold.letGo();
    assert.equal((await first).outcome, 'published');
    assert.deepEqual([second.outcome, second.code, (second['holder'] as { release: string }).release], ['locked', 75, 'v2']);
    assert.equal(rollback.outcome, 'locked');
    assert.deepEqual([status['locked'], status['current'], status['confirmed']], [true, 'v2', false]);
    assert.equal((await server.relctl('status'))['locked'], false);
  });

  it('can be frozen while a publish is under way, which then stops before it migrates', async () => {
    server.configure({ path: server.toolsFolder });
    await server.publish('v1', 'none');
    const hold = holdTool(server, 'npm');
    const publish = server.publish('v2', 'v1', { 'package-lock.json': '{}' });
    await hold.reached();
    assert.equal((await server.relctl('freeze', 'stop')).outcome, 'frozen_now');
    hold.letGo();
    assert.deepEqual([(await publish).outcome, server.live()], ['frozen', 'v1']);
    assert.deepEqual(server.story().slice(2), ['publish_begin v2', 'freeze v1', 'publish_failed v2']);
  });
});
