import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { toAnswer } from '../support/pipeline/answer.ts';
import { type DeployServer, serverScripts, startDeployServer } from '../support/pipeline/deployServer.ts';
import { execute } from '../support/pipeline/execute.ts';
import { describeWith, findTool } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl switch', () => {
  let server: DeployServer;
  beforeEach(async () => {
    server = await startDeployServer();
    await server.publish('v1', 'none');
    await server.publish('v2', 'v1');
  });
  afterEach(() => server.dispose());

  /** Reads through `current` while the shell text runs, and counts what the reader saw. */
  const readDuring = async (script: string) => {
    const progress = { done: false };
    const running = execute('bash', ['-c', script, '_', server.base, serverScripts]).finally(() => (progress.done = true));
    const seen = { v1: 0, v2: 0, errors: 0 };
    while (!progress.done) {
      for (let n = 0; n < 50; n++) {
        try {
          seen[readFileSync(join(server.base, 'current/version'), 'utf8').trim() as 'v1' | 'v2']++;
        } catch {
          seen.errors++;
        }
      }
      await setImmediate();
    }
    const { code, stderr } = await running;
    assert.equal(code, 0, stderr);
    return seen;
  };

  /** relctl with a PATH that holds every program, except for `mv`, which is as BusyBox's, and those named. */
  const relctlWithout = async (without: readonly string[], ...words: string[]) => {
    for (const folder of ['/usr/bin', '/bin']) {
      for (const name of readdirSync(folder)) {
        if (name === 'mv' || without.some((one) => name.startsWith(one))) continue;
        try {
          symlinkSync(join(folder, name), join(server.toolsFolder, name));
        } catch {
          // The same program is in both folders.
        }
      }
    }
    server.tool('mv', 'echo "BusyBox v1.36.1 multi-call binary." >&2; exit 1');
    const env = { PATH: server.toolsFolder };
    return toAnswer(await execute(join(serverScripts, 'relctl'), ['--base', server.base, ...words], { env }));
  };

  it('shows a reader no error during 200 switches', async () => {
    const seen = await readDuring(
      'set -e; base=$1 state=$1/.relctl; source "$2/lib/answer.bash"; source "$2/lib/rename.bash"; for ((n = 0; n < 100; n++)); do switch_to v1; switch_to v2; done',
    );
    assert.equal(seen.errors, 0);
    assert.ok(seen.v1 > 0 && seen.v2 > 0, 'the reader saw both');
  });

  it('is what makes the difference: the same reader sees errors when the link is removed and made again', async () => {
    const seen = await readDuring('cd "$1"; for ((n = 0; n < 50; n++)); do rm current; ln -s releases/v1 current; done');
    assert.ok(seen.errors > 0);
  });

  it('shows a reader no error during whole rollbacks', async () => {
    const seen = await readDuring('set -e; for ((n = 0; n < 5; n++)); do for id in v1 v2; do "$2/relctl" --base "$1" rollback $id; done; done');
    assert.deepEqual([seen.errors, seen.v1 > 0, seen.v2 > 0], [0, true, true]);
  });

  describe('where mv is not GNU\'s', () => {
    const itWithPython = findTool('python3') ? it : () => undefined;
    itWithPython('renames with python3', async () => {
      assert.equal((await relctlWithout([], 'status'))['renames_with'], 'python3');
      assert.deepEqual([(await relctlWithout([], 'rollback')).outcome, server.live()], ['rolled_back', 'v1']);
    });

    it('says clearly that it will not switch when there is no python3 either', async () => {
      const answer = await relctlWithout(['python'], 'rollback');
      assert.deepEqual([answer.outcome, answer.code, server.live()], ['not_atomic', 69, 'v2']);
      assert.match(answer.message, /BusyBox or BSD.*install GNU coreutils or python3/);
    });
  });

  it('refuses where current is a folder, into which the link would be moved', async () => {
    const other = await startDeployServer();
    mkdirSync(join(other.base, 'current'));
    const answer = await other.publish('v1', 'none');
    assert.deepEqual([answer.outcome, readdirSync(join(other.base, 'current'))], ['not_atomic', []]);
    other.dispose();
  });
});
