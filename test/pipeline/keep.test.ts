import assert from 'node:assert/strict';
import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl keeps', () => {
  let server: DeployServer;
  beforeEach(async () => {
    server = await startDeployServer();
    server.configure({ keep: 3 });
  });
  afterEach(() => server.dispose());

  const publishUpTo = async (last: number) => {
    for (let n = 1; n <= last; n++) await server.publish(`v${n}`, 'any');
  };

  it('the newest releases in the order in which they were live, whatever their times', async () => {
    await publishUpTo(3);
    utimesSync(join(server.base, 'releases/v1'), new Date('2040-01-01'), new Date('2040-01-01'));
    await server.publish('v4', 'v3');
    assert.deepEqual(server.list('releases'), ['v2', 'v3', 'v4']);
  });

  it('what is live and what a rollback would go to, after rollbacks too', async () => {
    await publishUpTo(4);
    await server.relctl('rollback', 'v2', 'v4');
    assert.deepEqual(server.list('releases'), ['v2', 'v3', 'v4']);
    await server.publish('v5', 'v2');
    assert.deepEqual(server.list('releases'), ['v2', 'v4', 'v5'], 'v2 was live more lately than v3');
    assert.equal((await server.relctl('rollback')).outcome, 'rolled_back');
    assert.equal(server.live(), 'v2');
  });

  it('the release that failed last, once, and not at the cost of good ones', async () => {
    await publishUpTo(3);
    server.hook('health', '[[ $2 != bad* ]]');
    await server.publish('bad1', 'v3');
    await server.publish('bad2', 'v3');
    await server.publish('v4', 'v3');
    assert.deepEqual(server.list('releases'), ['bad2', 'v2', 'v3', 'v4']);
  });

  it('an upload under way, but not one that was left for hours', async () => {
    for (const id of ['fresh', 'stale']) mkdirSync(join(server.base, 'incoming', id), { recursive: true });
    const hoursAgo = new Date(Date.now() - 3 * 3_600_000);
    utimesSync(join(server.base, 'incoming/stale'), hoursAgo, hoursAgo);
    await publishUpTo(1);
    assert.deepEqual(server.list('incoming'), ['fresh']);
  });
});
