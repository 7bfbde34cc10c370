import type { Job } from './workflowRun.ts';

/**
 * The step that runs, as a person would name it: the step of the running job, else the job. Of jobs that run at the same time the one that
 * began last counts, and the later of two that began together: a job that only announces what follows comes before what follows.
 */
export function runningStep(jobs: readonly Job[]): string | undefined {
  let running: Job | undefined;
  for (const job of jobs) {
    if (job.status === 'inProgress' && (running === undefined || (job.startedAt ?? 0) >= (running.startedAt ?? 0))) running = job;
  }
  return running?.steps.find(({ status }) => status === 'inProgress')?.name ?? running?.name;
}
