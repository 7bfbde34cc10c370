import type { Clock, Disposable } from '../../src/core/clock.ts';

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Time that stands still until a test moves it. Timers fire in the order they are due, each with its promises settled. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start = Date.UTC(2026, 8, 14, 9, 0, 0)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): Disposable {
    const timer: Timer = { due: this.#now + Math.max(0, delayMs), order: this.#order++, callback };
    this.#timers.add(timer);
    return { dispose: () => this.#timers.delete(timer) };
  }

  /** How many timers wait; zero proves that nothing would happen by itself. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves time forward by `ms`, firing what falls due on the way, and lets every promise settle. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  /** Moves time until `promise` is settled, timer by timer, at most `limitMs`. */
  async until<T>(promise: Promise<T>, limitMs = 600_000): Promise<T> {
    const outcome = { settled: false };
    const done = () => {
      outcome.settled = true;
    };
    promise.then(done, done);
    const limit = this.#now + limitMs;
    await settle();
    while (!outcome.settled) {
      const next = this.#next(limit);
      if (!next) throw new Error(`Nothing settled the promise within ${limitMs} ms of virtual time.`);
      await this.advance(Math.max(0, next.due - this.#now));
    }
    return promise;
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due > end) continue;
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  }
}

/** Lets promises run dry, those behind stream reads (a `Response` body) included. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}
