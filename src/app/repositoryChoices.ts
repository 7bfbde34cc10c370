import { fullName, repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import type { Storage } from '../core/storage.ts';

interface Remembered {
  readonly key: string;
  readonly fullName: string;
}

/** Which repository each clone of this workspace deploys, where there was something to choose. */
export class RepositoryChoices {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  isChosen(root: string): boolean {
    return this.#storage.get<Remembered>(entry(root)) !== undefined;
  }

  /** The choice for a clone while its host is still among those of its candidates; a fork's upstream need not be a remote. */
  remembered(root: string, candidates: readonly RepositoryId[]): RepositoryId | undefined {
    const remembered = this.#storage.get<Remembered>(entry(root));
    if (!remembered) return undefined;
    const candidate = candidates.find((repository) => repositoryKey(repository) === remembered.key);
    if (candidate) return candidate;
    const [owner, name] = remembered.fullName.split('/');
    const host = candidates.find((one) => remembered.key.startsWith(`${one.host.authority}/`))?.host;
    return host && owner !== undefined && name !== undefined ? { host, owner, name } : undefined;
  }

  async remember(root: string, repository: RepositoryId): Promise<void> {
    const remembered: Remembered = { key: repositoryKey(repository), fullName: fullName(repository) };
    await this.#storage.set(entry(root), remembered);
  }
}

const entry = (root: string) => `repository:${root}`;
