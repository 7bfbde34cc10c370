import { keepSame } from './sameData.ts';
import type { DispatchAnswer } from './gitHub.ts';
import type { RunSignal, SeenRun, TrackedRun } from './trackedRun.ts';
import type { RunObservation, RunStatus, WorkflowRun } from './workflowRun.ts';

/**
 * What a followed run becomes after a signal. Pure and total: a signal that means nothing in a phase changes nothing, and what
 * changes nothing answers with the very same object. Identity is (run id, attempt): within an attempt `completed` is final, an
 * older attempt never overwrites a newer one, and an older answer of the same attempt never overwrites a newer one either.
 */
export function transition(run: TrackedRun, signal: RunSignal): TrackedRun {
  switch (signal.type) {
    case 'answered':
      return run.phase === 'dispatching' ? answered(run, signal.answer) : run;
    case 'refused':
      return run.phase === 'dispatching' ? { ...own(run), phase: 'rejected', error: signal.error } : run;
    case 'observed':
      return observed(run, signal.run);
    case 'looked':
      return looked(run, signal.observation);
    case 'searchExhausted':
      return run.phase === 'accepted' || run.phase === 'unconfirmed' ? { ...own(run), phase: 'notSeen', since: run.since } : run;
    case 'cancelRequested':
      return isLive(run) && run.phase !== 'cancelling' ? { ...own(run), phase: 'cancelling', seen: run.seen } : run;
    case 'cancelRefused':
      return run.phase === 'cancelling' ? { ...own(run), phase: phaseOf(statusOf(run.seen)), seen: run.seen } : run;
    case 'lostSight':
      return isLive(run) ? { ...own(run), phase: 'lost', seen: run.seen, reason: signal.reason } : run;
  }
}

/** True while GitHub may still change the run: it is worth looking at. */
export function isLive(run: TrackedRun): run is Extract<TrackedRun, { phase: 'queued' | 'waiting' | 'inProgress' | 'cancelling' }> {
  return run.phase === 'queued' || run.phase === 'waiting' || run.phase === 'inProgress' || run.phase === 'cancelling';
}

function answered(run: TrackedRun, answer: DispatchAnswer): TrackedRun {
  switch (answer.kind) {
    case 'started': {
      const seen: SeenRun = { runId: answer.runId, attempt: 1, url: answer.url, run: undefined, jobs: [], pending: [] };
      return { ...own(run), phase: 'queued', seen };
    }
    case 'accepted':
      return { ...own(run), phase: 'accepted', since: answer.at };
    case 'unconfirmed':
      return { ...own(run), phase: 'unconfirmed', since: answer.sentAt, reason: answer.reason };
  }
}

function observed(before: TrackedRun, run: WorkflowRun): TrackedRun {
  if (before.phase === 'accepted' || before.phase === 'unconfirmed' || before.phase === 'notSeen') {
    return byStatus(before, { runId: run.id, attempt: run.attempt, url: run.url, run, jobs: [], pending: [] }, run.status);
  }
  if (!('seen' in before) || run.id !== before.seen.runId || run.attempt < before.seen.attempt) return before;
  if (run.attempt > before.seen.attempt) {
    return byStatus(before, { runId: run.id, attempt: run.attempt, url: run.url, run, jobs: [], pending: [] }, run.status);
  }
  const earlier = before.seen.run;
  if (before.phase === 'completed') {
    // The end is told; the run as REST shows it may still be missing from it.
    return run.status === 'completed' && earlier?.status !== 'completed' ? { ...before, seen: { ...before.seen, run } } : before;
  }
  if (earlier && run.updatedAt < earlier.updatedAt) return before;
  return byStatus(before, keepSame(before.seen, { ...before.seen, url: run.url, run }), run.status);
}

function looked(before: TrackedRun, look: RunObservation): TrackedRun {
  if (!('seen' in before) || look.runId !== before.seen.runId) return before;
  const { seen } = before;
  const attempt = look.attempt ?? seen.attempt;
  if (attempt < seen.attempt) return before;
  if (attempt > seen.attempt) {
    return byStatus(before, { ...seen, attempt, run: undefined, jobs: look.jobs, pending: look.pending }, look.status, look);
  }
  if (before.phase === 'completed') return before;
  // Without an attempt in the answer, only its time tells a look at this attempt from a late one at the attempt before.
  if (look.attempt === undefined && seen.attempt > 1 && !seen.run) return before;
  if (seen.run && look.updatedAt < Math.max(seen.run.updatedAt, seen.run.startedAt)) return before;
  const run = seen.run && { ...seen.run, status: look.status, conclusion: look.conclusion, updatedAt: look.updatedAt };
  return byStatus(before, keepSame(seen, { ...seen, run, jobs: look.jobs, pending: look.pending }), look.status, look);
}

/** The phase that a status stands for, carrying what was seen; the same object when neither moved. */
function byStatus(before: TrackedRun, seen: SeenRun, status: RunStatus, look?: RunObservation): TrackedRun {
  const sameAttempt = 'seen' in before && before.seen.attempt === seen.attempt;
  if (status === 'completed') {
    const conclusion = look ? look.conclusion : seen.run?.conclusion;
    const completedAt = endOf(seen) ?? look?.updatedAt ?? seen.run?.updatedAt ?? 0;
    return { ...own(before), phase: 'completed', seen: { ...seen, pending: [] }, conclusion: conclusion ?? 'unknown', completedAt };
  }
  const stays = sameAttempt && isLive(before) && (before.phase === 'cancelling' || status === 'unknown');
  const phase = stays ? before.phase : phaseOf(status);
  if ('seen' in before && before.phase === phase && before.seen === seen) return before;
  return { ...own(before), phase, seen };
}

/** GitHub's `pending` is held back by a concurrency group: for us it queues, and `seen.run.status` says why. */
function phaseOf(status: RunStatus): 'queued' | 'waiting' | 'inProgress' {
  return status === 'waiting' || status === 'inProgress' ? status : 'queued';
}

function statusOf(seen: SeenRun): RunStatus {
  if (seen.run) return seen.run.status;
  if (seen.jobs.some((job) => job.status === 'inProgress')) return 'inProgress';
  return seen.pending.length > 0 ? 'waiting' : 'queued';
}

/** GitHub gives a run no end of its own: it is the end of its last job, when every job told one. */
function endOf(seen: SeenRun): number | undefined {
  if (seen.jobs.length === 0 || seen.jobs.some((job) => job.completedAt === undefined)) return undefined;
  return Math.max(...seen.jobs.map((job) => job.completedAt ?? 0));
}

function own({ key, request }: TrackedRun): Pick<TrackedRun, 'key' | 'request'> {
  return { key, request };
}
