import type { Clock } from '../core/clock.ts';

/** A time limit on one request, joined with the caller's own wish to stop. Dispose it when the answer was read. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True when the time was up, not when the caller gave up. */
  readonly isOver: boolean;
  dispose(): void;
}

export function startDeadline(clock: Clock, timeoutMs: number, signal: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const timer = clock.after(timeoutMs, () => {
    isOver = true;
    controller.abort();
  });
  return {
    signal: signal ? AbortSignal.any([signal, controller.signal]) : controller.signal,
    get isOver() {
      return isOver;
    },
    dispose: () => timer.dispose(),
  };
}
