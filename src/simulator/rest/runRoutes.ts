import { json, redirect } from '../http.ts';
import { jobWire, runWire } from '../wire/runWire.ts';
import { jobLog } from '../world/logs.ts';
import type { Attempt, Run } from '../world/model.ts';
import { latestAttempt } from '../world/runs.ts';
import { found, notFound, param, type RepositoryCall } from './call.ts';
import { countedAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';
import { filteredRuns } from './runFilters.ts';

/** Runs, their attempts, jobs and logs. */
export const runRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/actions/runs': (call) => {
    const { runs, total, excludePullRequests } = filteredRuns(call);
    return countedAnswer('workflow_runs', { ...pageOf(call, runs), total }, (run) =>
      runWire(call.world, call.urls, run, { excludePullRequests }));
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': (call) =>
    json(runWire(call.world, call.urls, runOf(call), wishes(call))),
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}': (call) =>
    json(runWire(call.world, call.urls, runOf(call), { ...wishes(call), attempt: attemptOf(call) })),
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs': (call) => {
    const run = runOf(call);
    const attempts = call.query.get('filter') === 'all' ? run.attempts : [latestAttempt(run)];
    return countedAnswer('jobs', pageOf(call, attempts.flatMap(({ jobs }) => jobs)), (job) => jobWire(call.urls, job));
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': (call) =>
    countedAnswer('jobs', pageOf(call, attemptOf(call).jobs), (job) => jobWire(call.urls, job)),
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': (call) => {
    runOf(call);
    return countedAnswer('artifacts', pageOf<never>(call, []), (none) => none);
  },
  'GET /repos/{owner}/{repo}/actions/jobs/{job_id}': (call) =>
    json(jobWire(call.urls, found(call.repository.jobById.get(Number(param(call, 'job_id')))))),
  'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs': (call) => {
    const job = found(call.repository.jobById.get(Number(param(call, 'job_id'))));
    // A job's log exists once the job is complete; a skipped job never has one.
    if (job.status !== 'completed' || job.steps.length === 0) throw notFound();
    return redirect(call.links.issue(`job-logs-${job.id}.txt`, () => jobLog(job)));
  },
};

/** The run the route names. */
export function runOf(call: RepositoryCall): Run {
  return found(call.repository.runById.get(Number(param(call, 'run_id'))));
}

function attemptOf(call: RepositoryCall): Attempt {
  return found(runOf(call).attempts[Number(param(call, 'attempt_number')) - 1]);
}

function wishes({ query }: RepositoryCall): { excludePullRequests: boolean } {
  return { excludePullRequests: query.get('exclude_pull_requests') === 'true' };
}
