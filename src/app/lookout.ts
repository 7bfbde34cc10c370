import type { Clock, Disposable } from '../core/clock.ts';
import { nextLook, type Look, type Situation } from './pace.ts';

/** The one place that waits: takes the look that `pace.ts` decides, when it decides it, one at a time. */
export class Lookout implements Disposable {
  readonly #clock: Clock;
  readonly #situation: () => Situation;
  readonly #take: (look: Look) => Promise<void>;
  #timer: Disposable | undefined;
  #isLooking = false;
  #isDisposed = false;

  /** `take` never rejects. */
  constructor(clock: Clock, situation: () => Situation, take: (look: Look) => Promise<void>) {
    this.#clock = clock;
    this.#situation = situation;
    this.#take = take;
  }

  /** Something changed that may bring the next look forward, put it off or end the need for one. */
  wake(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (this.#isLooking || this.#isDisposed) return;
    const next = nextLook(this.#situation());
    if (!next) return;
    this.#timer = this.#clock.after(Math.max(0, next.at - this.#clock.now()), () => void this.#look(next.look));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  async #look(look: Look): Promise<void> {
    this.#isLooking = true;
    try {
      await this.#take(look);
    } finally {
      this.#isLooking = false;
      this.wake();
    }
  }
}
