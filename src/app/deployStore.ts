import type { Disposable } from '../core/clock.ts';
import type { DeployEvent } from '../core/deployEvent.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { deployEvents } from './deployEvents.ts';
import { initialState, type RepositoryState } from './repositoryState.ts';

/** What changed, with the events derived from the difference once, so that tree, toast, Slack and record cannot disagree. */
export interface StoreChange {
  readonly before: RepositoryState;
  readonly after: RepositoryState;
  readonly events: readonly DeployEvent[];
}

/** The only mutable reference to a repository's state. Listeners hear of real changes only, in the order they were made. */
export class DeployStore implements Disposable {
  #state: RepositoryState;
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #queue: StoreChange[] = [];
  #telling = false;

  constructor(repository: RepositoryId) {
    this.#state = initialState(repository);
  }

  get state(): RepositoryState {
    return this.#state;
  }

  /** Replaces the state by what `change` makes of it; returning the same object changes nothing and tells nobody. */
  update(change: (state: RepositoryState) => RepositoryState): void {
    const before = this.#state;
    const after = change(before);
    if (after === before) return;
    this.#state = after;
    this.#queue.push({ before, after, events: deployEvents(before.tracked, after.tracked) });
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
        for (const listener of this.#listeners) listener(next);
      }
    } finally {
      this.#telling = false;
    }
  }

  onDidChange(listener: (change: StoreChange) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
