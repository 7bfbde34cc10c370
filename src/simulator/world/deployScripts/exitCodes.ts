/** The outcomes that the simulated scripts know, with their exit codes, as `pipeline/deploy/lib/answer.bash` has them. */
export const exitCodes = {
  planned: 0, verified: 0, already_current: 0, reserved: 0, reused: 0, checked: 0, dry_run: 0, uploaded: 0, published: 0, healthy_outside: 0, rolled_back: 0,
  already_live: 0, held_now: 0, already_held: 0, released: 0, not_held: 0, frozen_now: 0, unfrozen: 0, not_frozen: 0, record_closed: 0,
  nothing_open: 0, written: 0, delivered: 0, not_configured: 0,
  wrong_ref: 30, moved: 31, unknown_version: 32, held: 33, unknown_environment: 34, superseded: 35, not_on_branch: 36, rolled_back_since: 37,
  usage: 64, no_such_release: 66, stale_expectation: 76, frozen: 77,
} as const;

export type Outcome = keyof typeof exitCodes;
