import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readGitFolder, readRemotes } from '../../../src/host/gitFolder.ts';

describe('a clone’s own files', () => {
  let folder: string;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'boussole-git-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const config = '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:lumen/crm.git\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[branch "main"]\n\tremote = origin\n';

  it('tell remotes, from a sub-folder too, whatever is checked out', async () => {
    write('.git/config', config);
    write('.git/HEAD', '9f2c1a07d4b3e5f6a7b8c9d0e1f2a3b4c5d6e7f8\n');
    write('packages/web/index.ts', '');
    const clone = { root: folder, remotes: [{ name: 'origin', url: 'git@github.com:lumen/crm.git' }] };
    assert.deepEqual(await readGitFolder(folder), clone);
    assert.deepEqual(await readGitFolder(join(folder, 'packages/web')), clone);
  });

  it('are followed from a worktree to the clone it belongs to', async () => {
    write('crm/.git/config', config);
    write('crm/.git/worktrees/hotfix/HEAD', 'ref: refs/heads/hotfix\n');
    write('crm/.git/worktrees/hotfix/commondir', '../..\n');
    write('hotfix/.git', `gitdir: ${join(folder, 'crm/.git/worktrees/hotfix')}\n`);
    assert.deepEqual(await readGitFolder(join(folder, 'hotfix')), {
      root: join(folder, 'hotfix'),
      remotes: [{ name: 'origin', url: 'git@github.com:lumen/crm.git' }],
    });
  });

  it('are missing where there is no clone', async () => {
    mkdirSync(join(folder, 'plain'));
    assert.equal((await readGitFolder(join(folder, 'plain')))?.root.startsWith(folder) ?? false, false);
  });

  it('may name remotes in every way that git allows', () => {
    assert.deepEqual(
      readRemotes('[remote "up stream"]\n  URL = "https://github.com/lumen/crm.git" ; ours\r\n[remote "a\\"b"]\n\turl=ssh://git@github.com/x/y\n\turl = second\n[url "x"]\n\tinsteadOf = gh:\n[remote "empty"]\n'),
      [
        { name: 'up stream', url: 'https://github.com/lumen/crm.git' },
        { name: 'a"b', url: 'ssh://git@github.com/x/y' },
      ],
    );
  });
});
