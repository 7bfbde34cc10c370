import { json } from '../http.ts';
import { actionsApp } from '../wire/accountWire.ts';
import { minimalRepository } from '../wire/repositoryWire.ts';
import { iso, isoOrNull, repositoryApi, repositoryPage } from '../wire/urls.ts';
import { resolveRef } from '../world/history.ts';
import type { Job } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { latestAttempt } from '../world/runs.ts';
import { found, notForFineGrained, param, type RepositoryCall } from './call.ts';
import { countedAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';

/** Check runs, one for every job, and the combined commit status, which does not include them. */
export const checkRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': (call) => {
    mayReadChecks(call);
    const { repository, query } = call;
    const commit = found(resolveRef(repository, param(call, 'ref')));
    const jobs = repository.runs
      .filter((run) => run.sha === commit.sha)
      .flatMap((run) => (query.get('filter') === 'all' ? run.attempts.flatMap((one) => one.jobs) : latestAttempt(run).jobs))
      .filter((job) => (query.get('check_name') ?? job.definition.name) === job.definition.name &&
        (query.get('status') ?? job.status) === job.status);
    return countedAnswer('check_runs', pageOf(call, jobs), (job) => checkRunWire(call, job));
  },
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': (call) => {
    mayReadChecks(call);
    return json(checkRunWire(call, found(call.repository.jobById.get(Number(param(call, 'check_run_id'))))));
  },
  'GET /repos/{owner}/{repo}/commits/{ref}/status': (call) => {
    const { repository, urls, world } = call;
    const commit = found(resolveRef(repository, param(call, 'ref')));
    const url = `${repositoryApi(urls, repository)}/commits/${commit.sha}`;
    // Nobody posts statuses here; GitHub says "pending" when there are none.
    return json({
      state: 'pending', statuses: [], sha: commit.sha, total_count: 0,
      repository: minimalRepository(world, urls, repository), commit_url: url, url: `${url}/status`,
    });
  },
};

function mayReadChecks({ token }: RepositoryCall): void {
  if (token.kind === 'fineGrained') throw notForFineGrained();
}

function checkRunWire(call: RepositoryCall, job: Job): Record<string, unknown> {
  const { world, urls, repository } = call;
  const api = repositoryApi(urls, repository);
  const url = `${api}/check-runs/${job.id}`;
  const details = `${repositoryPage(urls, repository)}/actions/runs/${job.run.id}/job/${job.id}`;
  const { deployment } = job;
  return {
    id: job.id,
    name: job.definition.name,
    node_id: nodeId('CheckRun', repository.id, job.id),
    head_sha: job.run.sha,
    external_id: String(job.id),
    url,
    html_url: details,
    details_url: details,
    status: job.status,
    conclusion: job.conclusion,
    started_at: iso(job.startedAt ?? job.createdAt),
    completed_at: isoOrNull(job.completedAt),
    output: { title: null, summary: null, text: null, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: job.run.checkSuiteId },
    app: actionsApp(urls, world.account(repository.owner)),
    pull_requests: [],
    ...(deployment
      ? {
          deployment: {
            url: `${api}/deployments/${deployment.id}`,
            id: deployment.id,
            node_id: nodeId('Deployment', repository.id, deployment.id),
            task: deployment.task,
            original_environment: deployment.environment,
            environment: deployment.environment,
            description: deployment.description,
            created_at: iso(deployment.createdAt),
            updated_at: iso(deployment.updatedAt),
            statuses_url: `${api}/deployments/${deployment.id}/statuses`,
            repository_url: api,
            transient_environment: deployment.transient,
            production_environment: deployment.production,
          },
        }
      : {}),
  };
}
