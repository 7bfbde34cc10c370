import type { Clock } from '../core/clock.ts';

/** This machine's clock and timers; the only place where the product waits for real. */
export const realClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return { dispose: () => clearTimeout(timer) };
  },
};
