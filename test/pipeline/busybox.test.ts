import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { toAnswer } from '../support/pipeline/answer.ts';
import { type DeployServer, serverScripts, startDeployServer } from '../support/pipeline/deployServer.ts';
import { execute } from '../support/pipeline/execute.ts';
import { describeWith, findTool } from '../support/pipeline/tools.ts';

/** A userland of BusyBox: every program of its own, and beside it only bash, flock and python3. */
describeWith(['bash', 'busybox', 'flock', 'python3'], 'relctl on BusyBox', () => {
  let server: DeployServer;
  beforeEach(async () => {
    server = await startDeployServer();
    const busybox = findTool('busybox') ?? '';
    for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n')) symlinkSync(busybox, join(server.toolsFolder, applet));
    for (const tool of ['bash', 'flock', 'python3']) {
      rmSync(join(server.toolsFolder, tool), { force: true });
      symlinkSync(findTool(tool) ?? '', join(server.toolsFolder, tool));
    }
  });
  afterEach(() => server.dispose());

  const relctl = async (...words: string[]) =>
    toAnswer(await execute(join(serverScripts, 'relctl'), ['--base', server.base, ...words], { env: { PATH: server.toolsFolder } }));

  it('publishes, refuses, rolls back, prunes and verifies, renaming with python3', async () => {
    server.configure({ keep: 2 });
    for (const [id, expected] of [['v1', 'none'], ['v2', 'v1'], ['v3', 'v2']] as const) {
      const digest = server.upload(id);
      const answer = await relctl('publish', id, expected, `manifest=${digest}`);
      assert.deepEqual([answer.outcome, server.live()], ['published', id], answer.message);
    }
    assert.deepEqual(server.list('releases'), ['v2', 'v3']);
    server.upload('v4', { version: 'v4\n' });
    assert.equal((await relctl('publish', 'v4', 'v3', `manifest=${'0'.repeat(64)}`)).code, 65);
    assert.deepEqual([(await relctl('rollback')).outcome, server.live()], ['rolled_back', 'v2']);
    const status = await relctl('status');
    assert.deepEqual([status['renames_with'], status['current'], Number(status['free_kb']) > 0], ['python3', 'v2', true]);
    assert.equal((await relctl('verify-journal')).outcome, 'journal_intact');
    const { stderr } = await execute(join(serverScripts, 'relctl'), ['--base', server.base, 'publish', 'v2', 'any'], { env: { PATH: server.toolsFolder } });
    assert.equal(stderr, '', 'nothing that BusyBox does not understand');
  });

  it('refuses to switch without python3, and says what to install', async () => {
    rmSync(join(server.toolsFolder, 'python3'));
    server.upload('v1');
    const answer = await relctl('publish', 'v1', 'none');
    assert.deepEqual([answer.outcome, answer.code, server.list('releases')], ['not_atomic', 69, []]);
    assert.match(answer.message, /install GNU coreutils or python3/);
    assert.equal((await relctl('status'))['renames_with'], 'none');
  });
});
