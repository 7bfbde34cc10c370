import type { Disposable, SecretStorage } from 'vscode';
import type { SlackCredential } from '../core/slackCredential.ts';

const slackKey = 'boussole.slack';
const tokenKey = (authority: string) => `boussole.token:${authority}`;

/** Tokens and webhook addresses, in VS Code's SecretStorage and nowhere else. */
export class SecretStore {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** The token that the user pasted for a GitHub host. */
  gitHubToken(authority: string): Promise<string | undefined> {
    return Promise.resolve(this.#secrets.get(tokenKey(authority)));
  }

  async setGitHubToken(authority: string, token: string | undefined): Promise<void> {
    await (token === undefined ? this.#secrets.delete(tokenKey(authority)) : this.#secrets.store(tokenKey(authority), token));
  }

  async slackCredential(): Promise<SlackCredential | undefined> {
    const stored = await this.#secrets.get(slackKey);
    return stored === undefined ? undefined : readCredential(stored);
  }

  async setSlackCredential(credential: SlackCredential | undefined): Promise<void> {
    await (credential === undefined ? this.#secrets.delete(slackKey) : this.#secrets.store(slackKey, JSON.stringify(credential)));
  }

  /** Told when a GitHub token changed, in this window or another. */
  onDidChangeGitHubToken(listener: (authority: string) => void): Disposable {
    const prefix = tokenKey('');
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) listener(key.slice(prefix.length));
    });
  }

  /** Told when Slack was connected or disconnected, in this window or another. */
  onDidChangeSlack(listener: () => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key === slackKey) listener();
    });
  }
}

function readCredential(stored: string): SlackCredential | undefined {
  try {
    const value = JSON.parse(stored) as Partial<Record<'kind' | 'token' | 'url', unknown>>;
    if (value.kind === 'bot' && typeof value.token === 'string') return { kind: 'bot', token: value.token };
    if (value.kind === 'webhook' && typeof value.url === 'string') return { kind: 'webhook', url: value.url };
  } catch {
    // A value that an older version wrote and this one cannot read counts as none: the user connects again.
  }
  return undefined;
}
