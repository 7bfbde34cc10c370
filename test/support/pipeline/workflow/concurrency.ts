interface Waiting {
  readonly go: (answer: 'go' | 'cancelled') => void;
}

/** Concurrency groups as GitHub documents them: one holder; waiting with `queue: max` in order, else only the newest. */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Waiting[]>();

  /** Resolves when the group is free for this job, or when a newer one took its place in the queue. */
  enter(group: string, queue: 'single' | 'max'): Promise<'go' | 'cancelled'> {
    const key = group.toLowerCase();
    const waiting = this.#groups.get(key);
    if (!waiting) {
      this.#groups.set(key, []);
      return Promise.resolve('go');
    }
    if (queue === 'single') for (const older of waiting.splice(0)) older.go('cancelled');
    return new Promise((go) => waiting.push({ go }));
  }

  /** Lets the next one in. */
  leave(group: string): void {
    const key = group.toLowerCase();
    const next = this.#groups.get(key)?.shift();
    if (next) next.go('go');
    else this.#groups.delete(key);
  }
}
