import type { Storage } from '../../src/core/storage.ts';

/** Storage in memory that, like VS Code's, keeps JSON and not objects. `failing` makes every write reject. */
export class MemoryStorage implements Storage {
  readonly #values = new Map<string, string>();
  readonly written: string[] = [];
  failing = false;

  get<T>(key: string): T | undefined {
    const text = this.#values.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  set(key: string, value: unknown): Promise<void> {
    if (this.failing) return Promise.reject(new Error('The disk is full.'));
    this.written.push(key);
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }

  /** Everything stored, as text. */
  get text(): string {
    return [...this.#values.values()].join('\n');
  }
}
