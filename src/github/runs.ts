import type { RunPage, RunQuery, WorkflowSummary } from '../core/gitHub.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Job, PendingDeployment, WorkflowRun } from '../core/workflowRun.ts';
import { toJobs, toPending, toRun, toRunPage, toWorkflows } from './mapper.ts';
import type { Paging } from './paging.ts';
import { repositoryPath } from './repositoryPath.ts';
import type { Wire } from './wire.ts';

/** One page of runs. GitHub shows at most a thousand where any filter is set. */
export function readRuns(wire: Wire, repository: RepositoryId, query: RunQuery, signal?: AbortSignal): Promise<RunPage> {
  const { workflow, page, perPage, ...filters } = query;
  const parameters = { ...repositoryPath(repository), ...filters, exclude_pull_requests: true, per_page: perPage, page };
  return workflow === undefined
    ? wire.get('GET /repos/{owner}/{repo}/actions/runs', parameters, toRunPage, { signal })
    : wire.get(
        'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', { ...parameters, workflow_id: fileName(workflow) }, toRunPage, { signal },
      );
}

export function readRun(wire: Wire, repository: RepositoryId, runId: number, signal?: AbortSignal): Promise<WorkflowRun> {
  const parameters = { ...repositoryPath(repository), run_id: runId, exclude_pull_requests: true };
  return wire.get('GET /repos/{owner}/{repo}/actions/runs/{run_id}', parameters, toRun, { signal });
}

/** A matrix makes at most 256 jobs, so three pages hold all that most runs have; ten are the end of it. */
export function readJobs(paging: Paging, repository: RepositoryId, runId: number, attempt?: number, signal?: AbortSignal): Promise<readonly Job[]> {
  const parameters = { ...repositoryPath(repository), run_id: runId };
  return attempt === undefined
    ? paging.all('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', parameters, toJobs, 10, { signal })
    : paging.all(
        'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs', { ...parameters, attempt_number: attempt }, toJobs, 10, { signal },
      );
}

export function readPending(wire: Wire, repository: RepositoryId, runId: number, signal?: AbortSignal): Promise<readonly PendingDeployment[]> {
  const parameters = { ...repositoryPath(repository), run_id: runId };
  return wire.get('GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments', parameters, toPending, { signal });
}

export function readWorkflows(paging: Paging, repository: RepositoryId, signal?: AbortSignal): Promise<readonly WorkflowSummary[]> {
  return paging.all('GET /repos/{owner}/{repo}/actions/workflows', repositoryPath(repository), toWorkflows, 5, { signal });
}

/** GitHub takes a workflow's id or its file name, not its path. */
export function fileName(workflow: string): string {
  return workflow.slice(workflow.lastIndexOf('/') + 1);
}
