import assert from 'node:assert/strict';
import { DeployStore } from '../../../src/app/deployStore.ts';
import type { RepositorySession } from '../../../src/app/repositorySession.ts';
import type { AccountState, OpenSession } from '../../../src/app/windowPorts.ts';
import { WindowSessions } from '../../../src/app/windowSessions.ts';
import { DeployError } from '../../../src/core/deployError.ts';
import { gitHubDotCom, gitHubHost, type GitHubHost } from '../../../src/core/gitHubHost.ts';
import type { Clone } from '../../../src/core/repositoryCandidates.ts';
import { fullName, type RepositoryId } from '../../../src/core/repositoryId.ts';
import { ListLog } from '../../support/listLog.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';

const enterprise = gitHubHost('https://git.example.org') as GitHubHost;

/** A window whose clones, accounts and forks a test steers; sessions are real stores without a GitHub behind them. */
class FakeWindow {
  clones: readonly Clone[] = [];
  hasFolder = true;
  isBroken = true;
  sample: (() => Promise<OpenSession>) | undefined;
  readonly accounts = new Map<string, AccountState>([['github.com', { kind: 'signedIn', token: 'one' }]]);
  readonly parents = new Map<string, string>();
  readonly opened: string[] = [];
  readonly closed: string[] = [];
  readonly rejected: string[] = [];
  readonly log = new ListLog();
  readonly sessions: WindowSessions;

  constructor(storage = new MemoryStorage()) {
    this.sessions = new WindowSessions({
      hasFolder: () => this.hasFolder,
      clones: () => this.clones,
      hosts: () => [gitHubDotCom, enterprise],
      account: (host) => Promise.resolve(this.accounts.get(host.authority) ?? { kind: 'signedOut' }),
      reject: (host, token) => {
        this.rejected.push(`${host.authority} ${token}`);
        this.accounts.set(host.authority, { kind: 'rejected' });
        void this.sessions.update();
      },
      open: async (repository, _root, token) => this.open(repository, token),
      parentOf: (repository) => Promise.resolve(this.parents.get(fullName(repository))),
      sample: () => this.sample,
      storage,
      log: this.log,
    });
  }

  open(repository: RepositoryId, token: string): OpenSession {
    if (repository.name === 'broken' && this.isBroken) throw new Error('no client');
    const store = new DeployStore(repository);
    this.opened.push(`${fullName(repository)} ${token}`);
    // Sessions are only held here, so the other ports are never touched.
    const session = { repository, store } as unknown as RepositorySession;
    return { session, dispose: () => void this.closed.push(`${fullName(repository)} ${token}`) };
  }

  get names(): readonly string[] {
    return this.sessions.all.map(({ repository }) => fullName(repository));
  }
}

const clone = (root: string, ...urls: readonly string[]): Clone => ({ root, remotes: urls.map((url, index) => ({ name: `remote${index}`, url })) });

describe('WindowSessions', () => {
  it('say why a window has none', async () => {
    const window = new FakeWindow();
    const kinds: string[] = [];
    const look = async () => {
      await window.sessions.update();
      kinds.push(window.sessions.state.kind);
    };
    assert.equal(window.sessions.state.kind, 'starting');
    window.hasFolder = false;
    await look();
    window.hasFolder = true;
    await look();
    window.clones = [clone('/a')];
    await look();
    window.clones = [clone('/a', 'https://gitlab.com/lumen/crm.git', 'github-work:lumen/crm.git', '/srv/crm.git')];
    await look();
    assert.deepEqual(kinds, ['noFolder', 'noGit', 'noRemote', 'noGitHubRemote']);
    assert.deepEqual(window.sessions.state, { kind: 'noGitHubRemote', hosts: ['gitlab.com', 'github-work', 'remote2'] });
  });

  it('open one for the only GitHub remote, whatever the others are', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'not a remote', 'https://gitlab.com/x/y', 'git@github.com:lumen/crm.git', 'https://github.com/Lumen/CRM')];
    await window.sessions.update();
    assert.deepEqual(window.names, ['lumen/crm']);
    assert.equal(window.sessions.state.kind, 'ready');
  });

  it('open each repository of a multi-root window once', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'git@github.com:lumen/crm.git'), clone('/a-worktree', 'git@github.com:lumen/crm.git'), clone('/b', 'git@github.com:lumen/site.git')];
    await window.sessions.update();
    assert.deepEqual(window.names, ['lumen/crm', 'lumen/site']);
    window.clones = [clone('/b', 'git@github.com:lumen/site.git')];
    await window.sessions.update();
    assert.deepEqual([window.opened, window.closed], [['lumen/crm one', 'lumen/site one'], ['lumen/crm one']]);
  });

  it('ask once which of several repositories, and remember it', async () => {
    const storage = new MemoryStorage();
    const window = new FakeWindow(storage);
    window.clones = [clone('/a', 'git@github.com:lumen/crm.git', 'git@github.com:partner/crm.git')];
    await window.sessions.update();
    assert.equal(window.sessions.state.kind, 'chooseRepository');
    await window.sessions.choose('/a', { host: gitHubDotCom, owner: 'partner', name: 'crm' });
    assert.deepEqual(window.names, ['partner/crm']);

    const later = new FakeWindow(storage);
    later.clones = window.clones;
    await later.sessions.update();
    assert.deepEqual(later.names, ['partner/crm']);
    later.clones = [clone('/a', 'https://git.example.org/lumen/crm')];
    await later.sessions.update();
    assert.deepEqual(later.sessions.state.kind, 'signedOut');
  });

  it('deploy upstream when all other remotes are its forks', async () => {
    const window = new FakeWindow();
    window.parents.set('camille/crm', 'lumen/crm');
    window.clones = [clone('/a', 'git@github.com:camille/crm.git', 'git@github.com:lumen/crm.git')];
    await window.sessions.update();
    assert.deepEqual(window.names, ['lumen/crm']);
  });

  it('ask to sign in before asking which repository: the sign-in may tell', async () => {
    const window = new FakeWindow();
    window.accounts.clear();
    window.parents.set('camille/crm', 'lumen/crm');
    window.clones = [clone('/a', 'git@github.com:camille/crm.git', 'git@github.com:lumen/crm.git')];
    await window.sessions.update();
    assert.equal(window.sessions.state.kind, 'signedOut');
    window.accounts.set('github.com', { kind: 'signedIn', token: 'one' });
    await window.sessions.update();
    assert.deepEqual(window.names, ['lumen/crm']);
  });

  it('hand a lone fork over to its upstream as soon as that is known, and let the user choose the fork', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'git@github.com:camille/crm.git')];
    await window.sessions.update();
    const facts = { viewer: 'camille', permission: 'write', isArchived: false, isEmpty: false, parent: 'lumen/crm', defaultBranch: 'main', branches: [], tags: [], commits: new Map(), unreadable: [], asOf: 0 } as const;
    const fork = window.sessions.all[0];
    assert.ok(fork);
    fork.store.update((state) => ({ ...state, facts }));
    await window.sessions.update();
    assert.deepEqual(window.names, ['lumen/crm']);
    await window.sessions.choose('/a', fork.repository);
    window.sessions.all[0]?.store.update((state) => ({ ...state, facts }));
    await window.sessions.update();
    assert.deepEqual(window.names, ['camille/crm']);
  });

  it('tell whom to sign in to, and open the others meanwhile', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'https://git.example.org/lumen/crm')];
    await window.sessions.update();
    assert.deepEqual(window.sessions.state, { kind: 'signedOut', host: enterprise, reason: undefined });
    window.clones = [...window.clones, clone('/b', 'git@github.com:lumen/site.git')];
    await window.sessions.update();
    assert.deepEqual([window.sessions.state, window.names], [{ kind: 'ready', besides: [{ kind: 'signedOut', host: enterprise, reason: undefined }] }, ['lumen/site']]);
  });

  it('are signed out with the reason when GitHub refuses the token, and open again with another', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'git@github.com:lumen/crm.git')];
    await window.sessions.update();
    const error = new DeployError('tokenRejected', 'no');
    window.sessions.all[0]?.store.update((state) => ({ ...state, connection: { kind: 'failed', error, asOf: undefined, retryAt: undefined } }));
    await window.sessions.update();
    assert.deepEqual(window.rejected, ['github.com one']);
    const { state } = window.sessions;
    assert.equal(state.kind === 'signedOut' && state.reason?.values['host'], 'github.com');
    window.accounts.set('github.com', { kind: 'signedIn', token: 'two' });
    await window.sessions.update();
    assert.deepEqual([window.opened, window.closed], [['lumen/crm one', 'lumen/crm two'], ['lumen/crm one']]);
  });

  it('show the sample team alone while it is explored', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'git@github.com:lumen/crm.git')];
    await window.sessions.update();
    window.sample = () => Promise.resolve(window.open({ host: gitHubDotCom, owner: 'sample', name: 'team' }, 'sample'));
    await window.sessions.update();
    assert.deepEqual([window.names, window.closed], [['sample/team'], ['lumen/crm one']]);
    window.sample = undefined;
    await window.sessions.update();
    assert.deepEqual(window.names, ['lumen/crm']);
  });

  it('open the others when one cannot be opened', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'git@github.com:lumen/broken.git'), clone('/b', 'git@github.com:lumen/site.git')];
    await window.sessions.update();
    assert.deepEqual(window.names, ['lumen/site']);
    assert.match(window.log.lines.join(), /could not be opened/);
    assert.deepEqual(window.sessions.state, { kind: 'ready', besides: [{ kind: 'notOpened', repositories: ['lumen/broken'] }] });
  });

  it('say what could not be opened where nothing else is shown, and open it at the next look', async () => {
    const window = new FakeWindow();
    window.clones = [clone('/a', 'git@github.com:lumen/broken.git')];
    await window.sessions.update();
    assert.deepEqual([window.sessions.state, window.names], [{ kind: 'notOpened', repositories: ['lumen/broken'] }, []]);
    window.isBroken = false;
    await window.sessions.update();
    assert.deepEqual([window.sessions.state, window.names], [{ kind: 'ready' }, ['lumen/broken']]);
    window.sample = () => Promise.reject(new Error('no world'));
    await window.sessions.update();
    assert.deepEqual(window.sessions.state, { kind: 'notOpened', repositories: [] });
  });

  it('answer calls during an update by one more, and close everything in the end', async () => {
    const window = new FakeWindow();
    let told = 0;
    window.sessions.onDidChange(() => told++);
    const first = window.sessions.update();
    window.clones = [clone('/a', 'git@github.com:lumen/crm.git')];
    await Promise.all([first, window.sessions.update(), window.sessions.update()]);
    assert.deepEqual([window.names, told], [['lumen/crm'], 2]);
    window.sessions.dispose();
    window.sessions.dispose();
    assert.deepEqual(window.closed, ['lumen/crm one']);
  });
});
