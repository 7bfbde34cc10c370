import type { Instant } from './world/model.ts';
import type { World } from './world/world.ts';

/** The budgets that a user shares among all their tokens and apps. */
export type Resource = 'core' | 'graphql' | 'search';

const HOUR = 3_600_000;
const LIMITS: Readonly<Record<Resource, number>> = { core: 5000, graphql: 5000, search: 30 };

interface Window {
  used: number;
  resetAt: Instant;
}

/** Keeps the primary rate limits: fixed windows of an hour that begin with the first request in them. */
export class Budgets {
  readonly #world: World;
  readonly #windows = new Map<string, Window>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether nothing is left to spend. A server without limits never refuses. */
  isExhausted(login: string, resource: Resource): boolean {
    return this.#world.server.hasRateLimits && this.#window(login, resource).used >= LIMITS[resource];
  }

  /** Spends points, at most what is left. */
  spend(login: string, resource: Resource, points: number): void {
    const window = this.#window(login, resource);
    window.used = Math.min(LIMITS[resource], window.used + points);
  }

  /** Leaves only so many points until `resetAt`: how a scenario or a fault exhausts somebody. */
  leave(login: string, resource: Resource, remaining: number, resetAt: Instant): void {
    this.#windows.set(`${login} ${resource}`, { used: LIMITS[resource] - remaining, resetAt });
  }

  /** Where a budget stands. `resetAt` is in whole seconds since the epoch, as headers have it. */
  state(login: string, resource: Resource): { limit: number; remaining: number; used: number; reset: number } {
    const { used, resetAt } = this.#window(login, resource);
    const limit = LIMITS[resource];
    return { limit, remaining: limit - used, used, reset: Math.ceil(resetAt / 1000) };
  }

  /** The `x-ratelimit-*` headers; none on a server without limits. */
  headers(login: string, resource: Resource): Record<string, string> {
    if (!this.#world.server.hasRateLimits) return {};
    const { limit, remaining, used, reset } = this.state(login, resource);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-resource': resource,
    };
  }

  #window(login: string, resource: Resource): Window {
    const key = `${login} ${resource}`;
    const known = this.#windows.get(key);
    if (known && known.resetAt > this.#world.now) return known;
    const fresh = { used: 0, resetAt: this.#world.now + HOUR };
    this.#windows.set(key, fresh);
    return fresh;
  }
}
