import assert from 'node:assert/strict';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl and who calls it', () => {
  const itAsRoot = process.getuid?.() === 0 ? it : () => console.log('  (SKIPPED: relctl called as root on another user\'s folder; it needs root)');

  itAsRoot('refuses root on another user\'s folder, before it makes anything that the user could not change', async () => {
    const server = await startDeployServer();
    chownSync(server.base, 65_534, 65_534);
    const answer = await server.relctl('freeze', 'disk');
    assert.deepEqual([answer.outcome, answer.code, server.list('.relctl')], ['usage', 64, ['config', 'hooks']]);
    assert.match(answer.message, /as the owner of .*, not as root/);
    chownSync(join(server.base), 0, 0);
    assert.equal((await server.relctl('status')).outcome, 'ok');
    server.dispose();
  });
});
