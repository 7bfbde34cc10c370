/** How many calls of one kind may come: `burst` at once, and one more every `everyMs`. */
export interface Allowance {
  readonly burst: number;
  readonly everyMs: number;
}

/** Slack's limit for messages: about one a second and channel, short bursts tolerated (docs.slack.dev, rate limits). */
export const MESSAGES: Allowance = { burst: 4, everyMs: 1000 };

/** Slack's "tier 3": fifty calls a minute. */
export const TIER_3: Allowance = { burst: 20, everyMs: 1200 };

/** Slack's "tier 2": twenty calls a minute. */
export const TIER_2: Allowance = { burst: 20, everyMs: 3000 };

/** Counts calls by key and says when one comes too soon. */
export class Pace {
  /** When the bucket of a key is full again. */
  readonly #fullAt = new Map<string, number>();

  /** Takes one call at `now` (milliseconds): 0 when it may pass, else the whole seconds to wait, as `Retry-After` says them. */
  take(key: string, allowance: Allowance, now: number): number {
    const fullAt = Math.max(this.#fullAt.get(key) ?? 0, now);
    const waitMs = fullAt + allowance.everyMs - now - allowance.burst * allowance.everyMs;
    if (waitMs > 0) return Math.ceil(waitMs / 1000);
    this.#fullAt.set(key, fullAt + allowance.everyMs);
    return 0;
  }
}
