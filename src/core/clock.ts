import type { Instant } from './instant.ts';

export interface Disposable {
  dispose(): void;
}

/** Time, as the only way to read it or to wait: real in the product, virtual in tests. */
export interface Clock {
  /** This machine's time. Compare server times with `GitHub.serverNow()` instead. */
  now(): Instant;
  /** Calls back once after `delayMs`, unless disposed before. */
  after(delayMs: number, callback: () => void): Disposable;
}
