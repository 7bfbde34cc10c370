import type { Allowance, Budget } from '../core/gitHub.ts';
import type { Instant } from '../core/instant.ts';

/** GitHub counts REST and GraphQL apart; a secondary limit stops both. */
export type Resource = 'core' | 'graphql';

/** The shortest wait after a secondary limit that names no time, doubled each time it comes back at once (GitHub's rate limit page). */
const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

/** Keeps count of what GitHub still allows and until when it refuses. All times are the server's. */
export class BudgetKeeper {
  readonly #random: () => number;
  readonly #now: () => Instant;
  readonly #allowances: { core: Allowance | undefined; graphql: Allowance | undefined } = { core: undefined, graphql: undefined };
  readonly #blocked = { core: 0, graphql: 0, all: 0 };
  #refusals = 0;

  constructor(now: () => Instant, random: () => number) {
    this.#now = now;
    this.#random = random;
  }

  get current(): Budget {
    const until = Math.max(this.#blocked.core, this.#blocked.graphql, this.#blocked.all);
    return { ...this.#allowances, blockedUntil: until > this.#now() ? until : undefined };
  }

  /** Until when a request to the resource would be refused; `undefined` when it may be sent. */
  blockedUntil(resource: Resource): Instant | undefined {
    const until = Math.max(this.#blocked[resource], this.#blocked.all);
    return until > this.#now() ? until : undefined;
  }

  /** Notes the counts that an answer carries. Enterprise Servers without limits send none. */
  note(resource: Resource, headers: Readonly<Record<string, string>>): void {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => number(headers[`x-ratelimit-${name}`]));
    if (limit === undefined || remaining === undefined || reset === undefined) return;
    const counted = headers['x-ratelimit-resource'] ?? resource;
    if (counted === 'core' || counted === 'graphql') this.#allowances[counted] = { limit, remaining, resetAt: reset * 1_000 };
  }

  /** An answer that was no refusal: a later secondary limit starts from the short pause again. */
  noteAccepted(): void {
    this.#refusals = 0;
  }

  /** Notes a refusal for going too fast and answers when asking again makes sense: `Retry-After`, else the reset, else a growing pause. */
  noteRefused(resource: Resource, headers: Readonly<Record<string, string>>): Instant {
    const retryAfter = number(headers['retry-after']);
    const reset = number(headers['x-ratelimit-reset']);
    if (retryAfter !== undefined) return this.#block('all', this.#now() + retryAfter * 1_000);
    if (number(headers['x-ratelimit-remaining']) === 0 && reset !== undefined) return this.#block(resource, reset * 1_000);
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#refusals++, longestPauseMs);
    return this.#block('all', this.#now() + pauseMs * (1 + 0.2 * this.#random()));
  }

  #block(what: 'core' | 'graphql' | 'all', until: Instant): Instant {
    this.#blocked[what] = Math.max(this.#blocked[what], until);
    return this.#blocked[what];
  }
}

function number(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
