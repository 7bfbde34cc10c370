import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Commit, Comparison } from '../core/commit.ts';
import type { RunPage, WorkflowSummary } from '../core/gitHub.ts';
import type { GitRef } from '../core/release.ts';
import type { Job, PendingDeployment, WorkflowRun } from '../core/workflowRun.ts';
import { instant, instantIfAny, runConclusion, runStatus } from './words.ts';

type Rest = RestEndpointMethodTypes;
type Headers = Readonly<Record<string, string>>;

/** What GitHub's REST API sends, by its own names. No other room knows these shapes. */
export type WireRuns = Rest['actions']['listWorkflowRunsForRepo']['response']['data'];
export type WireRun = Rest['actions']['getWorkflowRun']['response']['data'];
export type WireJobs = Rest['actions']['listJobsForWorkflowRun']['response']['data'];
export type WirePending = Rest['actions']['getPendingDeploymentsForRun']['response']['data'];
export type WireWorkflows = Rest['actions']['listRepoWorkflows']['response']['data'];
export type WireBranches = Rest['repos']['listBranches']['response']['data'];
export type WireTags = Rest['repos']['listTags']['response']['data'];
export type WireComparison = Rest['repos']['compareCommitsWithBasehead']['response']['data'];

export function toRunPage(data: WireRuns, headers: Headers): RunPage {
  return { runs: data.workflow_runs.map(toRun), total: data.total_count, hasMore: hasNextPage(headers) };
}

export function toRun(run: WireRun): WorkflowRun {
  return {
    id: run.id,
    nodeId: run.node_id,
    attempt: run.run_attempt ?? 1,
    number: run.run_number,
    workflowId: run.workflow_id,
    workflowPath: run.path.split('@')[0] ?? run.path,
    workflowName: run.name ?? run.path,
    title: run.display_title,
    event: run.event,
    status: runStatus(run.status),
    conclusion: runConclusion(run.conclusion),
    branch: run.head_branch ?? undefined,
    sha: run.head_sha,
    actor: run.triggering_actor?.login ?? run.actor?.login ?? '',
    createdAt: instant(run.created_at),
    startedAt: instantIfAny(run.run_started_at) ?? instant(run.created_at),
    updatedAt: instant(run.updated_at),
    url: run.html_url,
  };
}

export function toJobs(data: WireJobs): readonly Job[] {
  return data.jobs.map((job) => ({
    id: job.id,
    runId: job.run_id,
    name: job.name,
    status: runStatus(job.status),
    conclusion: runConclusion(job.conclusion),
    startedAt: instantIfAny(job.started_at),
    completedAt: instantIfAny(job.completed_at),
    url: job.html_url ?? undefined,
    steps: (job.steps ?? []).map((step) => ({
      number: step.number,
      name: step.name,
      status: runStatus(step.status),
      conclusion: runConclusion(step.conclusion),
      startedAt: instantIfAny(step.started_at),
      completedAt: instantIfAny(step.completed_at),
    })),
  }));
}

export function toPending(data: WirePending): readonly PendingDeployment[] {
  return data.map(({ environment, current_user_can_approve, reviewers }) => ({
    environmentId: environment.id ?? 0,
    environment: environment.name ?? '',
    canApprove: current_user_can_approve,
    reviewers: reviewers.map(({ reviewer }) => (reviewer && 'login' in reviewer ? reviewer.login : reviewer?.name) ?? '').filter((name) => name !== ''),
  }));
}

export function toWorkflows(data: WireWorkflows): readonly WorkflowSummary[] {
  return data.workflows.map(({ id, path, name, state }) => ({ id, path, name, state: workflowState(state) }));
}

export function toRefs(data: WireBranches | WireTags): readonly GitRef[] {
  return data.map(({ name, commit }) => ({ name, sha: commit.sha }));
}

export function toComparison(data: WireComparison, base: string, head: string): Comparison {
  return {
    base,
    head,
    aheadBy: data.ahead_by,
    behindBy: data.behind_by,
    commits: data.commits.map(toCommit),
    url: data.html_url,
  };
}

/** True when the `Link` header names a further page. */
export function hasNextPage(headers: Headers): boolean {
  return /rel="next"/.test(headers['link'] ?? '');
}

function toCommit({ sha, parents, commit, author }: WireComparison['commits'][number]): Commit {
  const headline = commit.message.split('\n', 1)[0] ?? '';
  return {
    sha,
    parents: parents.map((parent) => parent.sha),
    headline,
    author: (author && 'login' in author ? author.login : undefined) ?? commit.author?.name ?? '',
    committedAt: instant(commit.committer?.date ?? commit.author?.date),
    pullRequest: pullRequestIn(headline, commit.message),
  };
}

/** REST's commits do not name their pull request, but GitHub's own merge and squash messages do. */
function pullRequestIn(headline: string, message: string): Commit['pullRequest'] {
  const merged = /^Merge pull request #(\d+) /.exec(headline)?.[1];
  if (merged !== undefined) return { number: Number(merged), title: message.split('\n').slice(1).find((line) => line.trim() !== '') ?? headline };
  const squashed = /^(.*?) \(#(\d+)\)$/.exec(headline);
  return squashed ? { number: Number(squashed[2]), title: squashed[1] ?? headline } : undefined;
}

function workflowState(state: string): WorkflowSummary['state'] {
  if (state === 'active' || state === 'deleted') return state;
  return state.startsWith('disabled') ? 'disabled' : 'unknown';
}
