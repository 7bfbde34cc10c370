import { sha } from '../world/chance.ts';
import { rootSha } from '../world/gitObjects.ts';
import type { Attempt, Job, Repository, Run, Workflow } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { statusOf } from '../world/runStatus.ts';
import { latestAttempt } from '../world/runs.ts';
import type { World } from '../world/world.ts';
import { simpleUser } from './accountWire.ts';
import { personName } from './commitWire.ts';
import { minimalRepository } from './repositoryWire.ts';
import { iso, isoOrNull, repositoryApi, repositoryPage, type Urls } from './urls.ts';

/** `workflow`. */
export function workflowWire(urls: Urls, repository: Repository, workflow: Workflow): Record<string, unknown> {
  const page = repositoryPage(urls, repository);
  return {
    id: workflow.id,
    node_id: nodeId('Workflow', repository.id, workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: iso(workflow.createdAt),
    updated_at: iso(workflow.createdAt),
    url: `${repositoryApi(urls, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

/** `workflow-run`, about 12 KB of it, as one attempt was or is. */
export function runWire(
  world: World, urls: Urls, run: Run, { attempt = latestAttempt(run), excludePullRequests = false }: { attempt?: Attempt; excludePullRequests?: boolean } = {},
): Record<string, unknown> {
  const { repository } = run;
  const api = repositoryApi(urls, repository);
  const url = `${api}/actions/runs/${run.id}`;
  const commit = repository.commits.get(run.sha);
  const embedded = minimalRepository(world, urls, repository);
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: nodeId('WorkflowRun', repository.id, run.id),
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: statusOf(attempt),
    conclusion: attempt.conclusion,
    workflow_id: run.workflow.id,
    check_suite_id: run.checkSuiteId,
    check_suite_node_id: nodeId('CheckSuite', repository.id, run.id),
    url,
    html_url: `${repositoryPage(urls, repository)}/actions/runs/${run.id}`,
    pull_requests: excludePullRequests || run.event !== 'pull_request' ? [] : [pullRequestWire(urls, run)],
    created_at: iso(run.createdAt),
    updated_at: iso(attempt.updatedAt),
    actor: simpleUser(urls, world.account(run.actor)),
    run_attempt: attempt.number,
    referenced_workflows: [],
    run_started_at: iso(attempt.startedAt),
    triggering_actor: simpleUser(urls, world.account(attempt.triggeringActor)),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.checkSuiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: attempt.number > 1 ? `${url}/attempts/${attempt.number - 1}` : null,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
    head_commit: {
      id: run.sha,
      tree_id: commit ? rootSha(commit) : run.sha,
      message: commit?.message ?? '',
      timestamp: iso(commit?.at ?? run.createdAt),
      author: personName(world, commit?.author ?? run.actor),
      committer: { name: 'GitHub', email: 'noreply@github.com' },
    },
    repository: embedded,
    head_repository: embedded,
  };
}

function pullRequestWire(urls: Urls, run: Run): Record<string, unknown> {
  const api = repositoryApi(urls, run.repository);
  const repo = { id: run.repository.id, url: api, name: run.repository.name };
  const number = run.repository.commits.get(run.sha)?.pullRequest?.number ?? 1;
  return {
    id: 1_900_000_000 + number,
    number,
    url: `${api}/pulls/${number}`,
    head: { ref: run.branch, sha: run.sha, repo },
    base: { ref: 'develop', sha: sha(`base of ${run.sha}`), repo },
  };
}

/** `job` with its steps. */
export function jobWire(urls: Urls, job: Job): Record<string, unknown> {
  const { run } = job;
  const api = repositoryApi(urls, run.repository);
  const began = job.startedAt !== undefined && job.steps.length > 0;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.branch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt.number,
    node_id: nodeId('CheckRun', run.repository.id, job.id),
    head_sha: run.sha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${repositoryPage(urls, run.repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: iso(job.createdAt),
    started_at: iso(job.startedAt ?? job.createdAt),
    completed_at: isoOrNull(job.completedAt),
    name: job.definition.name,
    steps: job.steps.map((step) => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion,
      number: step.number,
      started_at: isoOrNull(step.startedAt),
      completed_at: isoOrNull(step.completedAt),
    })),
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ['ubuntu-latest'],
    runner_id: began ? 1_000_000 + job.runner : null,
    runner_name: began ? `GitHub Actions ${job.runner}` : null,
    runner_group_id: began ? 0 : null,
    runner_group_name: began ? 'GitHub Actions' : null,
  };
}
