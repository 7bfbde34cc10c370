import { json, type SimResponse } from '../http.ts';
import { cancelRun, hasFailed, rerun } from '../world/control.ts';
import type { Job } from '../world/model.ts';
import { latestAttempt } from '../world/runs.ts';
import { found, mayWrite, param, Refusal, type RepositoryCall } from './call.ts';
import type { RepositoryRoutes } from './routes.ts';
import { runOf } from './runRoutes.ts';

/** Cancelling and running again. */
export const runControlRoutes: RepositoryRoutes = {
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel': (call) => cancel(call, false),
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel': (call) => cancel(call, true),
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun': (call) => again(call, 'all'),
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs': (call) => again(call, 'failed'),
  'POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun': (call) =>
    again(call, found(call.repository.jobById.get(Number(param(call, 'job_id'))))),
};

function cancel(call: RepositoryCall, force: boolean): SimResponse {
  mayWrite(call, 'actions=write');
  if (!cancelRun(call.world, runOf(call), force)) throw new Refusal(409, 'Cannot cancel a workflow run that is completed.');
  return json({}, 202);
}

function again(call: RepositoryCall, what: 'all' | 'failed' | Job): SimResponse {
  mayWrite(call, 'actions=write');
  if (call.repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.');
  const run = typeof what === 'string' ? runOf(call) : what.run;
  if (what === 'failed' && latestAttempt(run).conclusion !== null && !latestAttempt(run).jobs.some(hasFailed)) {
    throw new Refusal(403, 'The workflow run containing this job has no failed jobs to rerun');
  }
  if (!rerun(call.world, run, call.login, what)) throw new Refusal(403, 'This workflow is already running');
  return json({}, 201);
}
