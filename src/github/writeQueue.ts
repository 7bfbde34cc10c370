import type { Clock } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import { abortError } from './abort.ts';

/** GitHub asks for at least a second between writes (its page "Best practices for using the REST API"). */
const pauseMs = 1_000;

/** Sends writes one at a time, a second apart. Aborting helps only while one waits: what is sent is sent. */
export class WriteQueue {
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();
  #endedAt: Instant | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  run<T>(write: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const result = this.#last.then(async () => {
      if (signal?.aborted) throw abortError();
      await this.#pause(signal);
      try {
        return await write();
      } finally {
        this.#endedAt = this.#clock.now();
      }
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  #pause(signal: AbortSignal | undefined): Promise<void> {
    const delayMs = this.#endedAt === undefined ? 0 : this.#endedAt + pauseMs - this.#clock.now();
    // A clock that was set back must not hold a deploy for hours.
    const boundedMs = Math.min(delayMs, pauseMs);
    if (boundedMs <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(boundedMs, () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      });
      const leave = () => {
        timer.dispose();
        reject(abortError());
      };
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}
