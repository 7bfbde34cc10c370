/** What was last read from an address: GitHub's mark of that state, and what we made of it. */
interface Entry {
  readonly etag: string;
  readonly value: unknown;
}

/** Remembers answers by full address, the least recently used forgotten first, so that an unchanged one is the very same object. */
export class EtagCache {
  readonly #entries = new Map<string, Entry>();
  readonly #capacity: number;

  constructor(capacity = 300) {
    this.#capacity = capacity;
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  set(key: string, etag: string | undefined, value: unknown): void {
    this.#entries.delete(key);
    if (etag === undefined) return;
    this.#entries.set(key, { etag, value });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest);
  }
}
