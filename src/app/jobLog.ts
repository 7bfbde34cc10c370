import { DeployError } from '../core/deployError.ts';
import type { Job, WorkflowRun } from '../core/workflowRun.ts';
import type { RepositorySession } from './repositorySession.ts';

/** A finished job's log with the job it belongs to; `run` is absent where the list of runs does not hold it. */
export interface JobLog {
  readonly job: Job;
  readonly run: WorkflowRun | undefined;
  /** As GitHub gives it. */
  readonly log: string;
}

/** Reads a job's log. GitHub gives none while the job runs. */
export async function readJobLog({ github, repository, store }: RepositorySession, runId: number, jobId: number, signal?: AbortSignal): Promise<JobLog> {
  const { state } = store;
  const known = state.jobs.get(runId)?.find(({ id }) => id === jobId);
  const job =
    known?.status === 'completed' ? known : (await github.jobs(repository, runId, undefined, signal)).find(({ id }) => id === jobId) ?? known;
  if (!job) throw new DeployError('notFound', 'GitHub knows no such job any more; the run was perhaps re-run.', { actions: ['retry'] });
  if (job.status !== 'completed') throw new DeployError('notAvailable', 'The job still runs, and GitHub gives its log only when it has ended.', { actions: ['openOnGitHub', 'retry'] });
  const log = await github.jobLog(repository, jobId, signal);
  return { job, run: state.runs?.runs.find(({ id }) => id === runId), log };
}
