import type { Clock } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';

/** Remembers when GitHub was asked in the last minute by ourselves, so that it is never too often; what the user asks for is not counted. */
export class RequestMeter {
  readonly #clock: Clock;
  #times: readonly Instant[] = [];
  #isCounting = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Times of the last minute's requests, oldest first. */
  get recent(): readonly Instant[] {
    const since = this.#clock.now() - 60_000;
    this.#times = this.#times.filter((at) => at > since);
    return this.#times;
  }

  /** Counts what is asked while `look` is under way. */
  async during(look: () => Promise<void>): Promise<void> {
    this.#isCounting = true;
    try {
      await look();
    } finally {
      this.#isCounting = false;
    }
  }

  /** A request is about to be sent. */
  note(): void {
    if (this.#isCounting) this.#times = [...this.recent, this.#clock.now()];
  }
}
