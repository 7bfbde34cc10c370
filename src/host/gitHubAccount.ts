import { authentication, type AuthenticationSession, type Disposable } from 'vscode';
import type { GitHubHost } from '../core/gitHubHost.ts';
import type { Log } from '../core/log.ts';
import type { Storage } from '../core/storage.ts';
import type { SecretStore } from './secretStore.ts';

/** Who we are on a GitHub host. `rejected`: GitHub refused the token that we have. */
export type Account =
  | { readonly kind: 'signedIn'; readonly token: string; readonly login: string | undefined; readonly source: 'session' | 'token' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'rejected' };

/** The scopes asked for: the least that covers dispatching, approving and reading a private repository. */
const scopes: readonly string[] = ['repo'];

/**
 * Scope sets of sessions that other extensions have asked for. VS Code matches a session by its exact set of scopes, so a
 * session with more is found only by asking for just that set (GitHub Actions; GitHub Pull Requests, with and without extras).
 */
const widerScopes: readonly (readonly string[])[] = [
  ['repo', 'workflow'],
  ['read:user', 'user:email', 'repo', 'workflow'],
  ['read:user', 'user:email', 'repo', 'workflow', 'project', 'read:org'],
];

/**
 * The accounts of all GitHub hosts: a pasted token first, else VS Code's own session. Asks silently unless the user asked to
 * sign in. A rejected token is remembered until it changes, because VS Code does not notice that a token was revoked.
 */
export class GitHubAccounts implements Disposable {
  readonly #secrets: SecretStore;
  readonly #storage: Storage;
  readonly #log: Log;
  readonly #hosts: () => readonly GitHubHost[];
  /** Tokens that GitHub refused, by host. */
  readonly #rejected = new Map<string, Set<string>>();
  readonly #listeners = new Set<(authority: string | undefined) => void>();
  readonly #subscriptions: readonly Disposable[];

  constructor(options: { secrets: SecretStore; storage: Storage; log: Log; hosts: () => readonly GitHubHost[] }) {
    this.#secrets = options.secrets;
    this.#storage = options.storage;
    this.#log = options.log;
    this.#hosts = options.hosts;
    this.#subscriptions = [
      authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === 'github' || provider.id === 'github-enterprise') this.#tell(undefined);
      }),
      this.#secrets.onDidChangeGitHubToken((authority) => this.#tell(authority)),
    ];
  }

  /** The account as it is, without showing anything. */
  async current(host: GitHubHost): Promise<Account> {
    // Both take their time, and mostly it is the session that there is.
    const [pasted, own] = await Promise.all([this.#pastedToken(host), this.#session(host, scopes)]);
    if (pasted !== undefined && !this.#isRejected(host, pasted)) return { kind: 'signedIn', token: pasted, login: undefined, source: 'token' };
    const session = own ?? (await Promise.all(widerScopes.map((wanted) => this.#session(host, wanted)))).find((one) => one !== undefined);
    if (session && !this.#isRejected(host, session.accessToken)) {
      return { kind: 'signedIn', token: session.accessToken, login: session.account.label, source: 'session' };
    }
    return pasted === undefined && !session ? { kind: 'signedOut' } : { kind: 'rejected' };
  }

  /**
   * Signs in with VS Code's dialog. `why` asks for a new session although there is one, or although a token was pasted: revoked, or
   * not allowed enough. The session then takes the pasted token's place. Throws when the user declines.
   */
  async signIn(host: GitHubHost, why?: string): Promise<void> {
    const session = await this.#ask(host, why);
    if (why !== undefined && (await this.#pastedToken(host)) !== undefined) await this.useToken(host, undefined);
    if (host.provider === 'github-enterprise') await this.#storage.set(`host:${session.id}`, host.authority);
    this.#log.info(`Signed in to ${host.authority} as ${session.account.label}.`);
    this.#tell(host.authority);
  }

  /**
   * A session that may also write workflow files, asked for with VS Code's own dialog where there is none. The ordinary session stays
   * in use for everything else. `undefined` where a pasted token is in use, whose rights only its owner can change. Throws when the
   * user declines.
   */
  async workflowToken(host: GitHubHost): Promise<string | undefined> {
    const account = await this.current(host);
    if (account.kind === 'signedIn' && account.source === 'token') return undefined;
    const session = await authentication.getSession(host.provider, ['repo', 'workflow'], { createIfNone: true });
    if (host.provider === 'github-enterprise') await this.#storage.set(`host:${session.id}`, host.authority);
    return session.accessToken;
  }

  /** Keeps a token that the user pasted; `undefined` forgets it. */
  async useToken(host: GitHubHost, token: string | undefined): Promise<void> {
    await this.#secrets.setGitHubToken(host.authority, token);
    this.#log.info(token === undefined ? `The token for ${host.authority} was forgotten.` : `A token for ${host.authority} was stored.`);
    this.#tell(host.authority);
  }

  async hasToken(host: GitHubHost): Promise<boolean> {
    return (await this.#secrets.gitHubToken(host.authority)) !== undefined;
  }

  /** GitHub refused this token: signed out until it changes. */
  reject(host: GitHubHost, token: string): void {
    if (this.#isRejected(host, token)) return;
    this.#rejected.set(host.authority, (this.#rejected.get(host.authority) ?? new Set()).add(token));
    this.#log.warn(`${host.authority} does not take the token any more.`);
    this.#tell(host.authority);
  }

  /** Told with the host's authority, or with `undefined` when any account may have changed. */
  onDidChange(listener: (authority: string | undefined) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#listeners.clear();
  }

  /** A secret storage that does not answer (a locked keyring) leaves VS Code's own session to try. */
  async #pastedToken(host: GitHubHost): Promise<string | undefined> {
    try {
      return await this.#secrets.gitHubToken(host.authority);
    } catch (error) {
      this.#log.warn(`The secret storage did not answer: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  #ask(host: GitHubHost, why: string | undefined): Thenable<AuthenticationSession> {
    if (why !== undefined) return authentication.getSession(host.provider, scopes, { forceNewSession: { detail: why } });
    if (this.#rejected.has(host.authority)) return authentication.getSession(host.provider, scopes, { forceNewSession: true });
    return authentication.getSession(host.provider, scopes, { createIfNone: true });
  }

  async #session(host: GitHubHost, wanted: readonly string[]): Promise<AuthenticationSession | undefined> {
    try {
      const session = await authentication.getSession(host.provider, wanted, { silent: true });
      return session && this.#isOf(session, host) ? session : undefined;
    } catch (error) {
      this.#log.debug(`No ${host.provider} session: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** VS Code does not say which server an enterprise session belongs to, so with several only one signed in to from here is used. */
  #isOf(session: AuthenticationSession, host: GitHubHost): boolean {
    if (host.provider === 'github') return true;
    const known = this.#storage.get<string>(`host:${session.id}`);
    if (known !== undefined) return known === host.authority;
    return this.#hosts().filter(({ provider }) => provider === 'github-enterprise').length === 1;
  }

  #isRejected(host: GitHubHost, token: string): boolean {
    return this.#rejected.get(host.authority)?.has(token) ?? false;
  }

  #tell(authority: string | undefined): void {
    for (const listener of this.#listeners) listener(authority);
  }
}
