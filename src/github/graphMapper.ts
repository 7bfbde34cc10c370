import type { Commit } from '../core/commit.ts';
import type { Deployment, DeploymentState, DeploymentStatus } from '../core/deployment.ts';
import type { Environment, ProtectionRule } from '../core/environment.ts';
import { lockSuffix, type LockBranch } from '../core/hold.ts';
import type { GitRef, Release } from '../core/release.ts';
import type { Job, PendingDeployment, RunObservation } from '../core/workflowRun.ts';
import type { Nodes, WireBranch, WireCheckRun, WireCommit, WireDeployment, WireEnvironment, WireLock, WireObservedRun, WireRelease, WireReviewer, WireStep } from './graphWire.ts';
import { deploymentState, instant, instantIfAny, runConclusion, runStatus } from './words.ts';

/** The nodes that are there. */
export function present<T>(list: Nodes<T> | null | undefined): readonly T[] {
  return (list?.nodes ?? []).filter((node): node is T => node !== null);
}

/** Where the next page of a list begins; `undefined` after the last. */
export function nextPage(list: Nodes<unknown> | null | undefined): string | undefined {
  return list?.pageInfo?.hasNextPage ? (list.pageInfo.endCursor ?? undefined) : undefined;
}

export function toEnvironment({ databaseId, name, protectionRules }: WireEnvironment): Environment {
  return { id: databaseId ?? 0, name, protectionRules: present(protectionRules).map(toRule) };
}

export function toDeployment(deployment: WireDeployment): Deployment {
  const { latestStatus } = deployment;
  const statuses = present(deployment.statuses)
    .map(({ state, createdAt }): DeploymentStatus => {
      const latest = latestStatus?.state === state && latestStatus.createdAt === createdAt ? latestStatus : undefined;
      return {
        state: deploymentState(state),
        createdAt: instant(createdAt),
        description: latest?.description ?? '',
        logUrl: latest?.logUrl || undefined,
        environmentUrl: latest?.environmentUrl || undefined,
      };
    })
    .toSorted((a, b) => a.createdAt - b.createdAt || lifecycle.indexOf(a.state) - lifecycle.indexOf(b.state));
  return {
    id: deployment.databaseId ?? 0,
    environment: deployment.environment ?? '',
    sha: deployment.commitOid,
    ref: deployment.ref?.name ?? '',
    task: deployment.task ?? '',
    shipped: shippedIn(deployment.payload),
    description: deployment.description ?? '',
    creator: deployment.creator?.login ?? '',
    createdAt: instant(deployment.createdAt),
    statuses,
    runId: [latestStatus, ...present(deployment.edge)].map((status) => runIdIn(status?.logUrl)).find((id) => id !== undefined),
  };
}

export function toRelease(release: WireRelease): Release {
  return {
    id: release.databaseId ?? 0,
    tag: release.tagName,
    name: release.name || release.tagName,
    isDraft: release.isDraft,
    isPrerelease: release.isPrerelease,
    createdAt: instant(release.createdAt),
    publishedAt: instantIfAny(release.publishedAt),
    sha: release.tagCommit?.oid,
    author: release.author?.login ?? '',
    url: release.url,
  };
}

/** The branches among the ones found that hold deploys: a search finds its words anywhere in a name. */
export function toLocks(refs: Nodes<WireLock> | null): readonly LockBranch[] {
  return present(refs)
    .filter(({ name }) => name.endsWith(`-${lockSuffix}`))
    .map(({ name, target }) => ({ name, text: target?.file?.object?.text ?? undefined }));
}

export function toBranch({ name, target }: WireBranch): { readonly head: GitRef | undefined; readonly commits: readonly Commit[] } {
  return { head: target ? { name, sha: target.oid } : undefined, commits: present(target?.history).map(toGraphCommit) };
}

export function toGraphCommit(commit: WireCommit): Commit {
  return {
    sha: commit.oid,
    parents: present(commit.parents).map(({ oid }) => oid),
    headline: commit.messageHeadline,
    author: commit.author?.user?.login ?? commit.author?.name ?? '',
    committedAt: instant(commit.committedDate),
    pullRequest: present(commit.associatedPullRequests)[0],
  };
}

/** `undefined` when the check suite, which carries the state, was withheld. */
export function toObservation(run: WireObservedRun): RunObservation | undefined {
  const { databaseId, checkSuite } = run;
  if (databaseId === null || !checkSuite?.checkRuns) return undefined;
  const jobs = present(checkSuite.checkRuns).filter((job) => isJobOf(databaseId, job)).map((job) => toJob(databaseId, job));
  const pending = present(run.pendingDeploymentRequests).map((request): PendingDeployment => ({
    environmentId: request.environment.databaseId ?? 0,
    environment: request.environment.name,
    canApprove: request.currentUserCanApprove,
    reviewers: reviewerNames(request.reviewers),
  }));
  const status = runStatus(checkSuite.status);
  const isWaiting = status !== 'completed' && pending.length > 0 && !jobs.some((job) => job.status === 'inProgress');
  return {
    runId: databaseId,
    attempt: undefined,
    status: isWaiting ? 'waiting' : status,
    conclusion: status === 'completed' ? runConclusion(checkSuite.conclusion) : undefined,
    updatedAt: instant(run.updatedAt),
    jobs,
    pending,
  };
}

/** The order in which statuses of the same second came. */
const lifecycle: readonly DeploymentState[] = ['queued', 'pending', 'waiting', 'inProgress', 'unknown', 'success', 'failure', 'error', 'inactive'];

function toRule(rule: NonNullable<NonNullable<WireEnvironment['protectionRules']['nodes']>[number]>): ProtectionRule {
  switch (rule.type) {
    case 'REQUIRED_REVIEWERS':
      return { type: 'requiredReviewers', reviewers: reviewerNames(rule.reviewers), preventSelfReview: rule.preventSelfReview === true };
    case 'WAIT_TIMER':
      return { type: 'waitTimer', minutes: rule.timeout };
    case 'BRANCH_POLICY':
      return { type: 'branchPolicy' };
    default:
      return { type: 'unknown' };
  }
}

function reviewerNames(reviewers: Nodes<WireReviewer> | null): readonly string[] {
  return present(reviewers).map(({ login, name }) => login ?? name ?? '').filter((name) => name !== '');
}

/** Other apps may add check runs of their own to a suite of GitHub Actions; they are no jobs. */
function isJobOf(runId: number, { databaseId, detailsUrl }: WireCheckRun): boolean {
  return databaseId !== null && (detailsUrl === null || detailsUrl.includes(`/actions/runs/${runId}/job`));
}

function toJob(runId: number, job: WireCheckRun): Job {
  return {
    id: job.databaseId ?? 0,
    runId,
    name: job.name,
    ...progress(job),
    url: job.detailsUrl ?? undefined,
    steps: present(job.steps).map((step) => ({ number: step.number, name: step.name, ...progress(step) })),
  };
}

function progress(part: Omit<WireStep, 'number'>): Pick<Job, 'status' | 'conclusion' | 'startedAt' | 'completedAt'> {
  return {
    status: runStatus(part.status),
    conclusion: runConclusion(part.conclusion),
    startedAt: instantIfAny(part.startedAt),
    completedAt: instantIfAny(part.completedAt),
  };
}

/** What a pipeline wrote into a payload, whether as JSON or as JSON within a JSON string. */
function shippedIn(written: unknown): Deployment['shipped'] {
  let value = written;
  for (let layer = 0; layer < 3 && typeof value === 'string'; layer++) {
    try {
      value = JSON.parse(value);
    } catch {
      return {};
    }
  }
  if (typeof value !== 'object' || value === null) return {};
  const payload = value as Readonly<Record<string, unknown>>;
  const said = (['version', 'sha', 'actor'] as const).filter((key) => typeof payload[key] === 'string' && payload[key] !== '');
  return Object.fromEntries(said.map((key) => [key, payload[key]]));
}

/** GitHub Actions writes its run's address into each status; nothing else links a deployment to its run. */
function runIdIn(logUrl: string | null | undefined): number | undefined {
  const id = /\/actions\/runs\/(\d+)/.exec(logUrl ?? '')?.[1];
  return id === undefined ? undefined : Number(id);
}
