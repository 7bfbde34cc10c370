import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAnswer } from '../support/pipeline/answer.ts';
import { type DeployServer, serverScripts, startDeployServer } from '../support/pipeline/deployServer.ts';
import { execute } from '../support/pipeline/execute.ts';
import { filesOf, writeRelease } from '../support/pipeline/release.ts';
import { describeWith } from '../support/pipeline/tools.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

const big = Buffer.alloc(3_000_000, 'x');
const limitedKb = 1_000;

describeWith(['bash', 'flock', 'rsync'], 'a full disk', () => {
  let server: DeployServer;
  let build: TemporaryFolder;
  beforeEach(async () => {
    server = await startDeployServer('deployServer');
    build = await temporaryFolder('build');
    await server.publish('v1', 'none');
  });
  afterEach(() => {
    server.dispose();
    build.dispose();
  });

  /** What stands in for ssh: the gate as sshd starts it, able to write `limitedKb` per file when asked. */
  const send = (id: string, limit = 'unlimited') => {
    const shell = join(build.path, 'shell');
    writeFileSync(shell, `#!/bin/bash\nulimit -f ${limit}\nexport SSH_ORIGINAL_COMMAND="\${*:2}"\nexec '${join(serverScripts, 'gate')}' '${server.base}'\n`);
    chmodSync(shell, 0o755);
    return execute('rsync', ['-rpt', '--checksum', '--delete', '--timeout=20', '-e', shell, `${join(build.path, id)}/`, `server:${id}/`]);
  };

  it('ends an upload, which is never published and is mended by sending it again', async () => {
    const digest = writeRelease(join(build.path, 'v2'), filesOf('v2', { big }));
    assert.notEqual((await send('v2', String(limitedKb))).code, 0);
    assert.deepEqual([(await server.relctl('publish', 'v2', 'v1', `manifest=${digest}`)).code, server.live()], [65, 'v1']);
    assert.equal((await send('v2')).code, 0);
    assert.deepEqual([(await server.relctl('publish', 'v2', 'v1', `manifest=${digest}`)).outcome, server.live()], ['published', 'v2']);
  });

  it('ends an installation, and what is live stays', async () => {
    server.configure({ path: server.toolsFolder });
    server.tool('npm', 'head -c 3000000 /dev/zero > filling');
    server.upload('v2', { 'package-lock.json': '{}' });
    const answer = toAnswer(await execute('bash', ['-c', 'ulimit -f "$1"; shift; exec "$@"', '_', String(limitedKb), join(serverScripts, 'relctl'), '--base', server.base, 'publish', 'v2', 'v1']));
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['deps_failed', 70, 'v1']);
    assert.deepEqual(server.story().slice(2), ['publish_begin v2', 'publish_failed v2']);
  });

  const itAsRoot = canMount() ? it : () => console.log('  (SKIPPED: a disk that is really full; it needs root, to mount a tmpfs)');
  itAsRoot('that has no byte left refuses, rolls nothing forward, and goes on once there is room', async () => {
    const state = join(server.base, '.relctl');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', server.base]);
    try {
      execFileSync('mkdir', ['-p', state]);
      server.configure({ min_free_kb: 0 });
      await server.publish('v1', 'none');
      server.upload('v2');
      // Everything but what is there already is taken.
      await execute('dd', ['if=/dev/zero', `of=${join(server.base, 'filler')}`, 'bs=4k']);
      const answer = await server.relctl('publish', 'v2', 'v1');
      assert.deepEqual([answer.outcome, answer.code, server.live()], ['journal_unwritable', 74, 'v1']);
      const rollback = await server.relctl('rollback', 'v1', 'v1');
      assert.equal(rollback.outcome, 'already_live');
      assert.equal((await server.relctl('status'))['current'], 'v1');
      rmSync(join(server.base, 'filler'));
      assert.equal((await server.publish('v2', 'v1')).outcome, 'published');
      assert.equal((await server.relctl('verify-journal')).outcome, 'journal_intact');
    } finally {
      execFileSync('umount', [server.base]);
    }
  });
});

/** Whether this process may mount a tmpfs: root outside of a container that forbids it. */
function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
