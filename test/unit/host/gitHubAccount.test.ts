import assert from 'node:assert/strict';
import { gitHubDotCom, gitHubHost, type GitHubHost } from '../../../src/core/gitHubHost.ts';
import { GitHubAccounts } from '../../../src/host/gitHubAccount.ts';
import { memoryStorage } from '../../../src/host/mementoStorage.ts';
import { SecretStore } from '../../../src/host/secretStore.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { accounts as signedIn } from '../../support/fakeVscode/commands.ts';
import { fakeSecrets } from '../../support/fakeVscode/secrets.ts';

const session = (token: string, scopes: readonly string[], id = token) => ({ id, accessToken: token, account: { id: '1', label: 'camille' }, scopes });

describe('GitHubAccounts', () => {
  const enterprise = gitHubHost('https://git.example.org') as GitHubHost;
  const other = gitHubHost('https://other.example.org') as GitHubHost;
  let hosts: readonly GitHubHost[];
  let secrets: SecretStore;
  let accounts: GitHubAccounts;

  beforeEach(() => {
    resetVscode();
    hosts = [gitHubDotCom, enterprise];
    secrets = new SecretStore(fakeSecrets());
    const log = { info: () => undefined, debug: () => undefined, warn: () => undefined, error: () => undefined };
    accounts = new GitHubAccounts({ secrets, storage: memoryStorage(), log, hosts: () => hosts });
  });
  afterEach(() => accounts.dispose());

  it('asks silently, for the scope "repo" first', async () => {
    assert.deepEqual(await accounts.current(gitHubDotCom), { kind: 'signedOut' });
    assert.deepEqual(signedIn.asked[0], { provider: 'github', scopes: ['repo'], options: { silent: true } });
    assert.ok(signedIn.asked.every(({ options }) => (options as { silent?: boolean }).silent === true));
  });

  it('uses a session that another extension got with more scopes', async () => {
    signedIn.sessions.set('github', [session('wide', ['read:user', 'user:email', 'repo', 'workflow'])]);
    assert.deepEqual(await accounts.current(gitHubDotCom), { kind: 'signedIn', token: 'wide', login: 'camille', source: 'session' });
  });

  it('prefers a token that the user pasted, and forgets it on demand', async () => {
    signedIn.sessions.set('github', [session('narrow', ['repo'])]);
    await accounts.useToken(gitHubDotCom, 'pasted');
    assert.deepEqual(await accounts.current(gitHubDotCom), { kind: 'signedIn', token: 'pasted', login: undefined, source: 'token' });
    assert.equal(await accounts.hasToken(gitHubDotCom), true);
    await accounts.useToken(gitHubDotCom, undefined);
    assert.equal((await accounts.current(gitHubDotCom)).kind === 'signedIn' && (await accounts.hasToken(gitHubDotCom)), false);
  });

  it('gets the right to write workflows only when it is asked for, and keeps the ordinary session for the rest', async () => {
    signedIn.sessions.set('github', [session('narrow', ['repo'])]);
    await accounts.current(gitHubDotCom);
    assert.ok(!signedIn.asked.some(({ options }) => 'createIfNone' in (options as object)));
    signedIn.onSignIn.set('github', session('wide', ['repo', 'workflow']));
    assert.equal(await accounts.workflowToken(gitHubDotCom), 'wide');
    assert.deepEqual(signedIn.asked.at(-1), { provider: 'github', scopes: ['repo', 'workflow'], options: { createIfNone: true } });
    const account = await accounts.current(gitHubDotCom);
    assert.equal(account.kind === 'signedIn' && account.token, 'narrow');
    signedIn.onSignIn.delete('github');
    signedIn.sessions.set('github', [session('narrow', ['repo'])]);
    await assert.rejects(accounts.workflowToken(gitHubDotCom), /did not consent/);
    await accounts.useToken(gitHubDotCom, 'pasted');
    assert.equal(await accounts.workflowToken(gitHubDotCom), undefined, 'a pasted token is its owner’s to widen');
  });

  it('is signed out after a 401 until the token changes, and then signs in anew', async () => {
    signedIn.sessions.set('github', [session('revoked', ['repo'])]);
    let told = 0;
    accounts.onDidChange(() => told++);
    accounts.reject(gitHubDotCom, 'revoked');
    accounts.reject(gitHubDotCom, 'revoked');
    assert.equal(told, 1);
    assert.deepEqual(await accounts.current(gitHubDotCom), { kind: 'rejected' });
    signedIn.onSignIn.set('github', session('fresh', ['repo'], 'second'));
    await accounts.signIn(gitHubDotCom);
    assert.deepEqual(signedIn.asked.at(-1)?.options, { forceNewSession: true });
    signedIn.sessions.set('github', [session('fresh', ['repo'])]);
    assert.equal((await accounts.current(gitHubDotCom)).kind, 'signedIn');
  });

  it('falls back to VS Code’s session when the pasted token is refused', async () => {
    await accounts.useToken(gitHubDotCom, 'pasted');
    accounts.reject(gitHubDotCom, 'pasted');
    assert.deepEqual(await accounts.current(gitHubDotCom), { kind: 'rejected' });
    signedIn.sessions.set('github', [session('session', ['repo'])]);
    assert.deepEqual(await accounts.current(gitHubDotCom), { kind: 'signedIn', token: 'session', login: 'camille', source: 'session' });
    accounts.reject(gitHubDotCom, 'session');
    assert.deepEqual(await accounts.current(gitHubDotCom), { kind: 'rejected' });
  });

  it('asks for a new session with the reason when an organization wants single sign-on', async () => {
    signedIn.sessions.set('github', [session('old', ['repo'])]);
    signedIn.onSignIn.set('github', session('new', ['repo']));
    await accounts.signIn(gitHubDotCom, 'Lumen asks for single sign-on.');
    assert.deepEqual(signedIn.asked.at(-1)?.options, { forceNewSession: { detail: 'Lumen asks for single sign-on.' } });
  });

  it('puts the new session in the place of a pasted token that did not do', async () => {
    await accounts.useToken(gitHubDotCom, 'pasted');
    signedIn.onSignIn.set('github', session('new', ['repo']));
    await accounts.signIn(gitHubDotCom, 'The token lacks a scope.');
    signedIn.sessions.set('github', [session('new', ['repo'])]);
    const account = await accounts.current(gitHubDotCom);
    assert.deepEqual([account.kind === 'signedIn' && account.token, await accounts.hasToken(gitHubDotCom)], ['new', false]);
  });

  it('throws when the user declines', async () => {
    await assert.rejects(accounts.signIn(gitHubDotCom), /consent/);
  });

  it('uses the enterprise session while there is one enterprise host', async () => {
    signedIn.sessions.set('github-enterprise', [session('ghe', ['repo'])]);
    assert.equal((await accounts.current(enterprise)).kind, 'signedIn');
  });

  it('never sends an enterprise session to a host it may not belong to', async () => {
    hosts = [gitHubDotCom, enterprise, other];
    signedIn.onSignIn.set('github-enterprise', session('ghe', ['repo']));
    await accounts.signIn(enterprise);
    assert.equal((await accounts.current(enterprise)).kind, 'signedIn');
    assert.equal((await accounts.current(other)).kind, 'signedOut');
    signedIn.sessions.set('github-enterprise', [session('unknown', ['repo'])]);
    assert.equal((await accounts.current(enterprise)).kind, 'signedOut');
  });

  it('tells of sessions and tokens that change elsewhere', async () => {
    const told: (string | undefined)[] = [];
    accounts.onDidChange((authority) => told.push(authority));
    signedIn.changed.fire({ provider: { id: 'github', label: 'GitHub' } });
    signedIn.changed.fire({ provider: { id: 'microsoft', label: 'Microsoft' } });
    await secrets.setGitHubToken('github.com', 'x');
    assert.deepEqual(told, [undefined, 'github.com']);
  });

});
