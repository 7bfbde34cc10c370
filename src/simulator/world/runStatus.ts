import type { Attempt, JobStatus } from './model.ts';

/** Where an attempt is, derived from its jobs: a run has no state of its own. Jobs kept from an earlier attempt do not count as begun. */
export function statusOf(attempt: Attempt): JobStatus {
  if (attempt.conclusion !== null) return 'completed';
  const states = attempt.jobs.map((job) => job.status);
  for (const state of ['in_progress', 'waiting', 'pending'] as const) if (states.includes(state)) return state;
  const hasBegun = attempt.jobs.some(({ startedAt }) => startedAt !== undefined && startedAt >= attempt.startedAt);
  return hasBegun ? 'in_progress' : 'queued';
}
