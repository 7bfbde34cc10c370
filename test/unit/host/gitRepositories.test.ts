import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitRepositories } from '../../../src/host/gitRepositories.ts';
import { EventEmitter, resetVscode, Uri, workspace } from '../../support/fakeVscode.ts';
import { installed } from '../../support/fakeVscode/commands.ts';
import { workspaceState } from '../../support/fakeVscode/workspace.ts';
import { ListLog } from '../../support/listLog.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { settle } from '../../support/virtualClock.ts';

describe('GitRepositories', () => {
  let folder: TemporaryFolder;
  let git: GitRepositories;
  let log: ListLog;

  const cloneAt = async (name: string, url: string) => {
    await mkdir(join(folder.path, name, '.git'), { recursive: true });
    await writeFile(join(folder.path, name, '.git/config'), `[remote "origin"]\n\turl = ${url}\n`);
    await writeFile(join(folder.path, name, '.git/HEAD'), 'ref: refs/heads/main\n');
  };
  const openFolders = (...names: readonly string[]) => {
    workspace.workspaceFolders = names.map((name, index) => ({ uri: Uri.file(join(folder.path, name)), name, index }));
  };

  beforeEach(async () => {
    resetVscode();
    folder = await temporaryFolder('git');
    log = new ListLog();
    git = new GitRepositories(log);
  });
  afterEach(() => {
    git.dispose();
    folder.dispose();
  });

  it('read every folder’s clone at once, without the git extension', async () => {
    await cloneAt('crm', 'git@github.com:lumen/crm.git');
    await cloneAt('site', 'git@github.com:lumen/site.git');
    await mkdir(join(folder.path, 'notes'));
    openFolders('crm', 'notes', 'site');
    await git.start();
    assert.deepEqual(git.all.filter(({ root }) => root.startsWith(folder.path)).map(({ root, remotes }) => [root, remotes[0]?.url]), [
      [join(folder.path, 'crm'), 'git@github.com:lumen/crm.git'],
      [join(folder.path, 'site'), 'git@github.com:lumen/site.git'],
    ]);
  });

  it('add what the git extension finds and follow its changes', async () => {
    await cloneAt('crm', 'git@github.com:lumen/crm.git');
    openFolders('crm');
    const changed = new EventEmitter<void>();
    const opened = new EventEmitter<unknown>();
    const submodule = {
      rootUri: Uri.file(join(folder.path, 'crm/vendor/kit')),
      state: { remotes: [{ name: 'origin', fetchUrl: 'git@github.com:lumen/kit.git' }], onDidChange: changed.event },
    };
    const api = { state: 'initialized', onDidChangeState: new EventEmitter().event, repositories: [] as unknown[], onDidOpenRepository: opened.event, onDidCloseRepository: new EventEmitter().event };
    installed.set('vscode.git', { id: 'vscode.git', isActive: true, exports: { enabled: true, onDidChangeEnablement: new EventEmitter().event, getAPI: () => api }, activate: () => Promise.resolve() });
    let told = 0;
    await git.start();
    await settle();
    git.onDidChange(() => told++);
    api.repositories = [submodule];
    opened.fire(submodule);
    assert.deepEqual(git.all.map(({ remotes }) => remotes[0]?.url), ['git@github.com:lumen/crm.git', 'git@github.com:lumen/kit.git']);
    submodule.state.remotes.push({ name: 'fork', fetchUrl: 'git@github.com:camille/kit.git' });
    changed.fire();
    changed.fire();
    assert.equal(told, 2);
  });

  it('do without a git extension that is disabled or broken', async () => {
    await cloneAt('crm', 'git@github.com:lumen/crm.git');
    openFolders('crm');
    installed.set('vscode.git', { id: 'vscode.git', isActive: false, exports: undefined, activate: () => Promise.reject(new Error('git was not found')) });
    await git.start();
    await settle();
    assert.equal(git.all.length, 1);
    assert.match(log.lines.join(), /git was not found/);
  });

  it('follow the window’s folders', async () => {
    await cloneAt('crm', 'git@github.com:lumen/crm.git');
    openFolders();
    await git.start();
    const told = new Promise<void>((resolve) => void git.onDidChange(resolve));
    openFolders('crm');
    workspaceState.folders.fire(undefined);
    await told;
    assert.deepEqual(git.all.map(({ root }) => root), [join(folder.path, 'crm')]);
  });
});
