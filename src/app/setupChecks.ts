import type { Disposable } from '../core/clock.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Text } from '../core/text.ts';
import type { SetupSection } from './setupChecklist.ts';

/** What the last check of the settings found in one repository; without a repository it says why none could be asked. */
export interface CheckedSettings {
  readonly repository: RepositoryId | undefined;
  readonly sections: readonly SetupSection[];
  /** What stood between us and GitHub. */
  readonly trouble?: Text | undefined;
}

/** How many problems the workflow files of the open folders have, and in how many files. */
export interface CheckedFiles {
  readonly problems: number;
  readonly files: number;
  /** Files that were looked at, those that do not deploy included. */
  readonly looked: number;
}

/** The last check of this window's deployment setup: what the list of the check shows. */
export class SetupChecks implements Disposable {
  readonly #listeners = new Set<() => void>();
  #settings: readonly CheckedSettings[] = [];
  #files: CheckedFiles = { problems: 0, files: 0, looked: 0 };

  get settings(): readonly CheckedSettings[] {
    return this.#settings;
  }

  get files(): CheckedFiles {
    return this.#files;
  }

  show(settings: readonly CheckedSettings[], files: CheckedFiles): void {
    this.#settings = settings;
    this.#files = files;
    this.#tell();
  }

  /** The files changed since: people mend them with the list in sight. */
  countFiles(files: CheckedFiles): void {
    if (files.problems === this.#files.problems && files.files === this.#files.files && files.looked === this.#files.looked) return;
    this.#files = files;
    this.#tell();
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#listeners.clear();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
