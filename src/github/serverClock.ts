import type { Clock } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';

/**
 * The server's clock, learnt from the `Date` of its answers. That header counts whole seconds, so each answer only says between which
 * two bounds the server's clock lies; within them the difference known so far is kept, and the clock does not jitter.
 */
export class ServerClock {
  readonly #clock: Clock;
  #offsetMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Instant {
    return this.#clock.now() + this.#offsetMs;
  }

  /** Notes an answer to a request that this machine sent at `sentAt`, its own time. Answers out of a cache (`Age`) prove nothing. */
  note(headers: Readonly<Record<string, string>>, sentAt: Instant): void {
    const date = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(date) || headers['age'] !== undefined) return;
    const earliest = date - this.#clock.now();
    const latest = date + 1_000 - sentAt;
    this.#offsetMs = Math.min(Math.max(this.#offsetMs, earliest), latest);
  }
}
