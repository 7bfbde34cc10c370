import type { DeployError } from '../core/deployError.ts';

/**
 * A call that did not succeed, by what is known of its effect. `refused`: Slack said no, and would again. `rateLimited` and
 * `notSent`: nothing happened, so that asking again cannot post twice. `unknown`: it may have happened.
 */
export type Failure =
  | { readonly fate: 'refused' | 'notSent' | 'unknown'; readonly code: string; readonly error: DeployError }
  | { readonly fate: 'rateLimited'; readonly code: string; readonly error: DeployError; readonly afterMs: number };

/** What came of a call. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
