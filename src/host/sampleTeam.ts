import type { Disposable } from '../core/clock.ts';
import { gitHubHost, type GitHubHost } from '../core/gitHubHost.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Storage } from '../core/storage.ts';

/** A GitHub that lives in this process. */
export interface SampleWorld {
  readonly fetch: typeof fetch;
  readonly token: string;
  readonly repository: { readonly owner: string; readonly name: string };
}

/** The host that the sample team's world answers for; `.invalid` never leads anywhere (RFC 2606). */
export const sampleHost: GitHubHost = hostOf('https://sample-team.invalid');

const key = 'exploringSample';

/** Whether the user explores the sample team: remembered for the workspace until they leave it. The world starts on first need, anew in each window. */
export class SampleTeam implements Disposable {
  readonly #storage: Storage;
  readonly #load: () => Promise<SampleWorld>;
  readonly #listeners = new Set<() => void>();
  #world: Promise<SampleWorld> | undefined;

  constructor(storage: Storage, load: () => Promise<SampleWorld>) {
    this.#storage = storage;
    this.#load = load;
  }

  get isOn(): boolean {
    return this.#storage.get<boolean>(key) === true;
  }

  async explore(): Promise<void> {
    await this.#set(true);
  }

  async leave(): Promise<void> {
    this.#world = undefined;
    await this.#set(undefined);
  }

  async world(): Promise<{ readonly repository: RepositoryId; readonly token: string; readonly fetch: typeof fetch }> {
    this.#world ??= this.#load();
    const { repository, token, fetch } = await this.#world;
    return { repository: { host: sampleHost, ...repository }, token, fetch };
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#listeners.clear();
    this.#world = undefined;
  }

  async #set(isOn: true | undefined): Promise<void> {
    await this.#storage.set(key, isOn);
    for (const listener of this.#listeners) listener();
  }
}

function hostOf(address: string): GitHubHost {
  const host = gitHubHost(address);
  if (!host) throw new Error(`${address} is no web address.`);
  return host;
}
