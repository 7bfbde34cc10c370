import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { type Hold, holdHook, holdTool } from '../support/pipeline/hold.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl killed', () => {
  let server: DeployServer;
  beforeEach(async () => {
    server = await startDeployServer();
    server.configure({ path: server.toolsFolder, lock_wait_s: 0 });
    await server.publish('v1', 'none');
  });
  afterEach(() => server.dispose());

  /** Publishes v2 up to the hold, and kills relctl there. */
  const killAt = async (hold: Hold) => {
    server.upload('v2', { 'package-lock.json': '{}' });
    const publish = server.relctl('publish', 'v2', 'v1').catch(() => 'killed');
    await hold.reached();
    const { pid } = JSON.parse(readFileSync(join(server.base, '.relctl/holder'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    return { publish };
  };

  it('before the switch: nothing has changed, and the same release can be published after another upload', async () => {
    const hold = holdTool(server, 'npm');
    const { publish } = await killAt(hold);
    const status = await server.relctl('status');
    assert.deepEqual([status['current'], status['locked'], status['unfinished']], ['v1', false, { verb: 'publish', release: 'v2' }]);
    hold.letGo();
    assert.equal(await publish, 'killed');
    assert.equal((await server.relctl('publish', 'v2', 'v1')).outcome, 'no_upload');
    assert.equal((await server.publish('v2', 'v1')).outcome, 'published');
    assert.deepEqual(server.story().slice(2), ['publish_begin v2', 'interrupted v2', 'publish_begin v2', 'publish_done v2']);
  });

  it('between switch and health check: publishing again only checks the health and ends it', async () => {
    server.tool('npm', 'exit 0');
    const hold = holdHook(server, 'reload');
    const { publish } = await killAt(hold);
    hold.letGo();
    assert.equal(await publish, 'killed');
    const status = await server.relctl('status');
    assert.deepEqual([status['current'], status['confirmed'], status['previous']], ['v2', false, 'v1']);
    assert.equal((await server.relctl('publish', 'v2', 'v1')).outcome, 'published');
    assert.equal((await server.relctl('status'))['confirmed'], true);
    assert.deepEqual(server.story().slice(2), ['publish_begin v2', 'interrupted v2', 'publish_begin v2', 'publish_done v2']);
  });

  it('between switch and health check, with a bad release: publishing again puts the earlier one back', async () => {
    server.tool('npm', 'exit 0');
    const hold = holdHook(server, 'reload');
    const { publish } = await killAt(hold);
    hold.letGo();
    await publish;
    server.hook('health', '[[ $2 != v2 ]]');
    assert.deepEqual([(await server.relctl('publish', 'v2', 'v1')).outcome, server.live()], ['health_failed_reverted', 'v1']);
  });

  it('between switch and health check: a rollback leaves it', async () => {
    server.tool('npm', 'exit 0');
    const hold = holdHook(server, 'reload');
    const { publish } = await killAt(hold);
    hold.letGo();
    await publish;
    assert.deepEqual([(await server.relctl('rollback')).outcome, server.live()], ['rolled_back', 'v1']);
  });

  it('while the database migrates: the lock stays until the migration has ended', async () => {
    server.tool('npm', 'exit 0');
    const hold = holdHook(server, 'migrate');
    const { publish } = await killAt(hold);
    assert.equal((await server.publish('v3', 'v1')).outcome, 'locked');
    hold.letGo();
    await publish;
    server.configure({ lock_wait_s: 20 });
    assert.equal((await server.relctl('publish', 'v3', 'v1')).outcome, 'published');
  });
});
