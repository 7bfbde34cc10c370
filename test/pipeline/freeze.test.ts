import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl freeze', () => {
  let server: DeployServer;
  beforeEach(async () => void (server = await startDeployServer()));
  afterEach(() => server.dispose());

  it('refuses publishing with the reason, lets a rollback pass, and is lifted again', async () => {
    await server.publish('v1', 'none');
    await server.publish('v2', 'v1');
    await server.relctl('freeze', 'disk', 'is', '"failing"', 'by=ana');
    const refused = await server.publish('v3', 'v2');
    const { why, by } = refused['frozen'] as { why: string; by: string };
    assert.deepEqual([refused.outcome, refused.code, why, by], ['frozen', 77, 'disk is "failing"', 'ana']);
    assert.equal((await server.relctl('rollback')).outcome, 'rolled_back');
    assert.equal(((await server.relctl('status'))['frozen'] as { why: string }).why, 'disk is "failing"');
    assert.equal((await server.relctl('unfreeze', 'new', 'disk')).outcome, 'unfrozen');
    assert.equal((await server.relctl('unfreeze')).outcome, 'not_frozen');
    assert.equal((await server.relctl('publish', 'v3', 'v1')).outcome, 'published');
    assert.deepEqual(server.story().filter((line) => /freeze/.test(line)), ['freeze v2', 'unfreeze v1']);
    assert.equal((await server.relctl('verify-journal')).outcome, 'journal_intact');
  });

  it('wants a reason', async () => {
    assert.equal((await server.relctl('freeze')).outcome, 'usage');
  });

  it('holds when the file was put there by hand', async () => {
    await server.relctl('status');
    writeFileSync(join(server.base, '.relctl/freeze'), 'by hand\n');
    assert.equal((await server.publish('v1', 'none')).outcome, 'frozen');
    writeFileSync(join(server.base, '.relctl/freeze'), '');
    assert.equal((await server.relctl('publish', 'v1', 'none')).outcome, 'frozen');
  });
});
