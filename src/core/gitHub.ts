import type { Commit, Comparison } from './commit.ts';
import type { Deployment } from './deployment.ts';
import type { Environment } from './environment.ts';
import type { LockBranch } from './hold.ts';
import type { Instant } from './instant.ts';
import type { GitRef, Release } from './release.ts';
import type { RepositoryId } from './repositoryId.ts';
import type { Job, PendingDeployment, RunObservation, WorkflowRun } from './workflowRun.ts';

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'unknown';

/** Everything the views need but the runs, in one round trip. */
export interface Overview {
  readonly viewer: string;
  readonly permission: Permission;
  readonly isArchived: boolean;
  /** No commit yet. */
  readonly isEmpty: boolean;
  /** The upstream of a fork, `owner/name`. */
  readonly parent: string | undefined;
  readonly defaultBranch: string | undefined;
  readonly environments: readonly Environment[];
  /**
   * Newest first: the newest hundred of all environments together, then each environment's last completed one where it is older.
   * Enough for each environment's live version when `deploymentsComplete`.
   */
  readonly deployments: readonly Deployment[];
  /** False when older deployments exist that were not read. */
  readonly deploymentsComplete: boolean;
  /** Newest first as GitHub lists them, at most one page. */
  readonly releases: readonly Release[];
  /** Of all releases, those beyond the page included. */
  readonly releaseCount: number;
  /** Where the next page of releases begins, for `GitHub.releases`; `undefined` when these are all. */
  readonly nextReleases: string | undefined;
  /** Branches by name with their heads: the default one and those asked for, where they exist. */
  readonly branches: readonly GitRef[];
  /** Recent commits of the branches above, newest first, each once. */
  readonly commits: readonly Commit[];
  /** Branches that hold deploys, at most twenty; none where the token may not see branches. */
  readonly locks: readonly LockBranch[];
  /** The files of `.github/workflows` on the default branch. */
  readonly workflowFiles: readonly { readonly path: string; readonly text: string }[];
}

/** Releases in GitHub's order, newest first, and where the next page begins (`undefined` after the last). */
export interface ReleasePage {
  readonly releases: readonly Release[];
  readonly next: string | undefined;
}

export interface RunQuery {
  /** A workflow's path or file name. */
  readonly workflow?: string;
  readonly branch?: string;
  readonly event?: string;
  readonly actor?: string;
  /** A status or conclusion in GitHub's own spelling (`in_progress`, `success`). */
  readonly status?: string;
  /** GitHub's date search syntax: `>=2026-01-01T00:00:00Z`. */
  readonly created?: string;
  /** From 1. */
  readonly page: number;
  /** 1–100. A run is about 12 KB: ask for what is shown. */
  readonly perPage: number;
}

export interface RunPage {
  readonly runs: readonly WorkflowRun[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** A workflow as GitHub knows it; `state` other than `active` cannot be dispatched. */
export interface WorkflowSummary {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly state: 'active' | 'disabled' | 'deleted' | 'unknown';
}

/** Things whose change can be noticed for free (HTTP 304). */
export type Probe = 'runs' | 'deployments' | 'releases' | 'environments' | 'repository';

export interface DispatchCall {
  /** Path or file name. */
  readonly workflow: string;
  /** A branch or tag name; GitHub takes no SHA here. */
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * `started`: GitHub named the run. `accepted`: it took the dispatch without naming the run (server time of the answer given).
 * `unconfirmed`: no answer proves that it had no effect; it must be looked for and never sent again. Refusals are thrown.
 */
export type DispatchAnswer =
  | { readonly kind: 'started'; readonly runId: number; readonly url: string; readonly at: Instant }
  | { readonly kind: 'accepted'; readonly at: Instant }
  | { readonly kind: 'unconfirmed'; readonly sentAt: Instant; readonly reason: string };

/** What a page of the API budget says, newest answer first; `blockedUntil` is set while GitHub refuses. */
export interface Budget {
  readonly core: Allowance | undefined;
  readonly graphql: Allowance | undefined;
  readonly blockedUntil: Instant | undefined;
}

export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
}

/**
 * GitHub, as the product needs it; one object per host and account.
 *
 * Reads are conditional where REST offers it: an answer that did not change is the very same object as before, so compare by
 * identity. At most six reads are under way together; writes go one at a time and are sent once: only an answer that proves
 * they had no effect lets one be repeated. Every failure is a `DeployError` whose kind says what the user can do; an aborted
 * call throws an `AbortError`.
 */
export interface GitHub {
  /** The server's time now, from the last answer's `Date`; this machine's before the first answer. */
  serverNow(): Instant;
  readonly budget: Budget;

  /** `historyOf`: branches whose heads and recent commits are wanted besides the default one. */
  overview(repository: RepositoryId, historyOf: readonly string[], signal?: AbortSignal): Promise<Overview>;
  /** `Overview.locks` alone. */
  locks(repository: RepositoryId, signal?: AbortSignal): Promise<readonly LockBranch[]>;
  workflows(repository: RepositoryId, signal?: AbortSignal): Promise<readonly WorkflowSummary[]>;
  /** True when the resource changed since this was last asked, or was never asked before. */
  hasChanged(repository: RepositoryId, probe: Probe, signal?: AbortSignal): Promise<boolean>;

  runs(repository: RepositoryId, query: RunQuery, signal?: AbortSignal): Promise<RunPage>;
  run(repository: RepositoryId, runId: number, signal?: AbortSignal): Promise<WorkflowRun>;
  /** Jobs of the latest attempt, or of `attempt`. */
  jobs(repository: RepositoryId, runId: number, attempt?: number, signal?: AbortSignal): Promise<readonly Job[]>;
  /** Several live runs with their jobs in one request where the host and token allow it. A run that cannot be seen is left out. */
  observe(
    repository: RepositoryId,
    runs: readonly { readonly id: number; readonly nodeId: string | undefined }[],
    signal?: AbortSignal,
  ): Promise<readonly RunObservation[]>;
  pendingDeployments(repository: RepositoryId, runId: number, signal?: AbortSignal): Promise<readonly PendingDeployment[]>;
  /** A finished job's log as GitHub gives it, with ANSI codes and time stamps. */
  jobLog(repository: RepositoryId, jobId: number, signal?: AbortSignal): Promise<string>;

  /** The page of releases that begins `after` the one before, as that page (or the overview) told; without it the newest. */
  releases(repository: RepositoryId, after: string | undefined, signal?: AbortSignal): Promise<ReleasePage>;
  /** Older deployments of one environment, newest first. */
  deployments(repository: RepositoryId, environment: string, first: number, signal?: AbortSignal): Promise<readonly Deployment[]>;
  branches(repository: RepositoryId, signal?: AbortSignal): Promise<readonly GitRef[]>;
  tags(repository: RepositoryId, signal?: AbortSignal): Promise<readonly GitRef[]>;
  /** The commit that a branch, tag or SHA names; `undefined` when there is none. */
  resolve(repository: RepositoryId, ref: string, signal?: AbortSignal): Promise<Commit | undefined>;
  compare(repository: RepositoryId, base: string, head: string, signal?: AbortSignal): Promise<Comparison>;
  /** The text of a file at a ref; `undefined` when it is not there. */
  file(repository: RepositoryId, path: string, ref: string, signal?: AbortSignal): Promise<string | undefined>;
  /** The text of a file at each of many full refs (`refs/tags/v1.2.0`), asked together; no entry where it is not there. */
  fileAtRefs(repository: RepositoryId, path: string, refs: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;

  dispatch(repository: RepositoryId, call: DispatchCall, signal?: AbortSignal): Promise<DispatchAnswer>;
  rerun(repository: RepositoryId, runId: number, failedOnly: boolean): Promise<void>;
  cancel(repository: RepositoryId, runId: number): Promise<void>;
  review(repository: RepositoryId, runId: number, environmentIds: readonly number[], state: 'approved' | 'rejected', comment: string): Promise<void>;
}
