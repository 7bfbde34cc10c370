import type { Clock } from '../core/clock.ts';
import { isDeployError, type DeployError, type DeployErrorKind } from '../core/deployError.ts';
import type { GitHub } from '../core/gitHub.ts';
import type { Instant } from '../core/instant.ts';
import type { DeployStore } from './deployStore.ts';

const temporary: ReadonlySet<DeployErrorKind> = new Set(['offline', 'proxy', 'certificate', 'serverError', 'rateLimited', 'malformedAnswer']);

/** Knows whether GitHub answers, and says it in the store once: failing, and online again. */
export class ConnectionWatch {
  readonly #store: DeployStore;
  readonly #github: GitHub;
  readonly #clock: Clock;
  #count = 0;
  #lastAt: Instant = 0;
  #isTemporary = true;

  constructor(store: DeployStore, github: GitHub, clock: Clock) {
    this.#store = store;
    this.#github = github;
    this.#clock = clock;
  }

  /** Consecutive failures; `lastAt` is this machine's time. */
  get failures(): { readonly count: number; readonly lastAt: Instant; readonly isTemporary: boolean } {
    return { count: this.#count, lastAt: this.#lastAt, isTemporary: this.#isTemporary };
  }

  /** GitHub answered; true when it had failed before. */
  succeeded(): boolean {
    const hadFailed = this.#count > 0;
    this.#count = 0;
    const asOf = this.#github.serverNow();
    this.#store.update((state) => ({ ...state, connection: { kind: 'online', asOf } }));
    return hadFailed;
  }

  failed(error: unknown): void {
    this.#count++;
    this.#lastAt = this.#clock.now();
    this.#isTemporary = !isDeployError(error) || temporary.has(error.kind);
    if (isDeployError(error)) this.#say(error);
  }

  #say(error: DeployError): void {
    this.#store.update((state) => {
      const { connection } = state;
      if (connection.kind === 'failed' && connection.error.kind === error.kind && connection.retryAt === error.retryAt) return state;
      const asOf = connection.kind === 'loading' ? undefined : connection.asOf;
      return { ...state, connection: { kind: 'failed', error, asOf, retryAt: error.retryAt } };
    });
  }
}
