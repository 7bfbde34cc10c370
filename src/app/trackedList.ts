import type { Instant } from '../core/instant.ts';
import type { RunSignal, TrackedRun } from '../core/trackedRun.ts';
import { isLive, transition } from '../core/transition.ts';
import type { RepositoryState } from './repositoryState.ts';

/** Ended runs of others are shown this long; ours until the user dismisses them or many newer ones ended. */
const shownMs = 10 * 60_000;
const mostEnded = 10;

/** The state after a followed run heard a signal. Two entries never stand for one run: ours wins over one that was only seen. */
export function withSignal(state: RepositoryState, key: string, signal: RunSignal): RepositoryState {
  const before = state.tracked.find((run) => run.key === key);
  if (!before) return state;
  const after = transition(before, signal);
  if (after === before) return state;
  const runId = 'seen' in after && after.request ? after.seen.runId : undefined;
  const tracked = state.tracked.flatMap((run) => {
    if (run === before) return [after];
    return runId !== undefined && 'seen' in run && run.seen.runId === runId ? [] : [run];
  });
  return { ...state, tracked, jobs: withJobs(state, after) };
}

/** The state with a run that was not followed before. */
export function withTracked(state: RepositoryState, run: TrackedRun, now: Instant): RepositoryState {
  if (state.tracked.some((one) => one.key === run.key)) return state;
  return { ...state, tracked: [...pruned(state.tracked, now), run], jobs: withJobs(state, run) };
}

/** Jobs of live runs move by themselves. */
function withJobs({ jobs }: RepositoryState, run: TrackedRun): RepositoryState['jobs'] {
  if (!('seen' in run) || run.seen.jobs.length === 0 || jobs.get(run.seen.runId) === run.seen.jobs) return jobs;
  return new Map([...jobs, [run.seen.runId, run.seen.jobs]]);
}

function pruned(tracked: readonly TrackedRun[], now: Instant): readonly TrackedRun[] {
  const ended = tracked.filter((run) => run.phase === 'completed');
  const kept = new Set(ended.filter((run) => run.request !== undefined || now - run.completedAt < shownMs).slice(-mostEnded));
  return tracked.filter((run) => run.phase !== 'completed' || kept.has(run));
}

/** True when every live run has waited for a person or its turn for longer than `forMs`, by the server's clock. */
export function isHeld(tracked: readonly TrackedRun[], forMs: number, now: Instant): boolean {
  return tracked.filter(isLive).every(({ phase, seen }) => (phase === 'waiting' || phase === 'queued') && seen.run !== undefined && now - seen.run.updatedAt > forMs);
}

/** Whose live runs a list holds: ours make us look more often and even in the background. */
export function followedIn(tracked: readonly TrackedRun[]): 'own' | 'others' | 'none' {
  const live = tracked.filter(isLive);
  if (live.some((run) => run.request !== undefined)) return 'own';
  return live.length > 0 ? 'others' : 'none';
}
