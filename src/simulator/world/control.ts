import { announce } from './deployments.ts';
import { mayReview } from './gates.ts';
import { completeJob, openReadyJobs, passGate } from './jobs.ts';
import type { Deployment, Environment, Job, Run } from './model.ts';
import { beginAttempt, latestAttempt } from './runs.ts';
import { abandonSteps } from './steps.ts';
import type { World } from './world.ts';

const CANCEL_MS = 2500;

/**
 * Cancels a run. Running jobs need a moment to stop, and jobs that always run still do, unless it is forced.
 * False when there is nothing left to cancel.
 */
export function cancelRun(world: World, run: Run, force = false): boolean {
  const attempt = latestAttempt(run);
  if (attempt.conclusion !== null) return false;
  attempt.cancelled = force ? 'forced' : 'asked';
  attempt.updatedAt = world.now;
  for (const job of attempt.jobs.filter((one) => one.status !== 'completed')) {
    const stop = (): void => {
      if (job.status === 'completed') return;
      abandonSteps(world, job);
      completeJob(world, job, 'cancelled');
    };
    if (job.status === 'in_progress' && !force) world.after(CANCEL_MS * world.pace.stretch, stop);
    else stop();
  }
  openReadyJobs(world, run, attempt);
  return true;
}

/** Runs everything, only the failed jobs, or one job again, as the next attempt. False while the run is not over. */
export function rerun(world: World, run: Run, actor: string, what: 'all' | 'failed' | Job = 'all'): boolean {
  const attempt = latestAttempt(run);
  if (attempt.conclusion === null) return false;
  const again = what === 'all'
    ? attempt.jobs
    : typeof what === 'string'
      ? attempt.jobs.filter(hasFailed)
      : attempt.jobs.filter((job) => job.definition.key === what.definition.key);
  const keys = new Set(again.map((job) => job.definition.key));
  for (const { key, needs } of run.definition.jobs) if (needs.some((need) => keys.has(need))) keys.add(key);
  const kept = attempt.jobs.map((job) => job.definition.key).filter((key) => !keys.has(key));
  beginAttempt(world, run, actor, kept);
  return true;
}

/** True for a job that "run failed jobs again" means; what was skipped only runs again with what it needs. */
export function hasFailed({ conclusion }: Job): boolean {
  return conclusion !== null && conclusion !== 'success' && conclusion !== 'skipped';
}

/** The jobs of a run that wait for a reviewer or a timer. */
export function waitingJobs(run: Run): Job[] {
  return latestAttempt(run).jobs.filter((job) => job.status === 'waiting');
}

/** A reviewer's answer for some environments of a run; what it refers to must wait and the reviewer must be allowed. */
export function reviewRun(
  world: World,
  run: Run,
  environments: readonly Environment[],
  review: { readonly state: 'approved' | 'rejected'; readonly user: string; readonly comment: string },
): Deployment[] | undefined {
  const names = new Set(environments.map(({ name }) => name.toLowerCase()));
  const jobs = waitingJobs(run).filter((job) => names.has(job.environment?.toLowerCase() ?? ''));
  const allowed = environments.every((environment) => mayReview(world, environment, run, review.user));
  if (jobs.length === 0 || !allowed) return undefined;
  run.reviews.push({ ...review, environments: environments.map(({ name }) => name), at: world.now });
  for (const job of jobs) {
    if (review.state === 'rejected') {
      completeJob(world, job, 'failure', `Rejected by ${review.user}.`);
    } else if (job.gate) {
      job.gate.approved = true;
      if (job.deployment && !job.gate.timerDone) announce(world, job.deployment, { state: 'waiting', description: 'Waiting for the timer.' });
      passGate(world, job);
    }
  }
  return jobs.flatMap((job) => job.deployment ?? []);
}
