import type { SetupAnswers } from '../core/setupAnswers.ts';
import type { Storage } from '../core/storage.ts';

/** What Set Up remembers of a repository between windows. Nothing secret is in it: of a key, only the public half. */
export interface SetupRecord {
  /** The checklist is shown. */
  readonly isGoingOn: boolean;
  readonly answers: SetupAnswers | undefined;
  /** Public halves of the keys that were generated, by environment: the line of `authorized_keys` needs them. */
  readonly publicKeys: Readonly<Record<string, string>>;
  /** Correlation ids of the newest dry runs, by environment. */
  readonly dryRuns: Readonly<Record<string, string>>;
}

const key = 'setUp';
const nothing: SetupRecord = { isGoingOn: false, answers: undefined, publicKeys: {}, dryRuns: {} };

/** Keeps the record in the repository's storage. */
export class SetupMemory {
  readonly #storage: Storage;
  #record: SetupRecord;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#record = { ...nothing, ...storage.get<Partial<SetupRecord>>(key) };
  }

  get record(): SetupRecord {
    return this.#record;
  }

  async change(change: Partial<SetupRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    await this.#storage.set(key, this.#record);
  }
}
