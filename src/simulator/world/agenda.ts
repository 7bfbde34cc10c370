interface Entry {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/** What is going to happen, in time order; acts due at the same instant keep the order in which they were planned. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #order = 0;

  /** Plans an act for the instant `at`, in milliseconds since the epoch. */
  plan(at: number, act: () => void): void {
    this.#heap.push({ at, order: this.#order++, act });
    this.#rise(this.#heap.length - 1);
  }

  /** When the next act is due, or `undefined` when nothing is planned. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** Takes the next act off the agenda. */
  take(): (() => void) | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first !== undefined && last !== undefined && first !== last) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first?.act;
  }

  #before(left: number, right: number): boolean {
    const a = this.#heap[left] as Entry;
    const b = this.#heap[right] as Entry;
    return a.at === b.at ? a.order < b.order : a.at < b.at;
  }

  #swap(left: number, right: number): void {
    const kept = this.#heap[left] as Entry;
    this.#heap[left] = this.#heap[right] as Entry;
    this.#heap[right] = kept;
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #sink(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const child = right < this.#heap.length && this.#before(right, left) ? right : left;
      if (!this.#before(child, index)) return;
      this.#swap(index, child);
      index = child;
    }
  }
}
