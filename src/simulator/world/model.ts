import type { Snapshot } from './gitObjects.ts';
import type { WorkflowDefinition, JobDefinition } from './workflowDefinition.ts';

/** Times are milliseconds since the epoch throughout the world; only answers carry ISO strings. */
export type Instant = number;

/** A person, a bot or an organization. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly kind: 'User' | 'Bot' | 'Organization';
}

/** A team of an organization. */
export interface Team {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly organization: string;
  readonly members: readonly string[];
}

/** A collaborator's role in a repository. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

/** One file changed by a commit, as a comparison lists it. */
export interface FileChange {
  readonly path: string;
  readonly additions: number;
  readonly deletions: number;
}

/** A commit; `files` is the whole tree as text by path, shared with its parent when nothing changed. */
export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly author: string;
  readonly at: Instant;
  /** The how many-th commit of its repository: it breaks ties between commits of the same instant. */
  readonly order: number;
  readonly parents: readonly string[];
  readonly pullRequest?: { readonly number: number; readonly title: string };
  readonly changes: readonly FileChange[];
  readonly files: ReadonlyMap<string, string>;
  /** Paths of the executable ones. */
  readonly executables?: ReadonlySet<string>;
  /** Who wrote it, where the commit itself says so. */
  readonly person?: { readonly name: string; readonly email: string };
}

/** A tag: lightweight, or annotated when it has an object of its own. */
export interface Tag {
  readonly name: string;
  readonly commit: string;
  readonly annotation?: { readonly sha: string; readonly message: string; readonly tagger: string; readonly at: Instant };
}

/** A release; a draft has no tag yet. */
export interface Release {
  readonly id: number;
  readonly tagName: string;
  readonly name: string;
  readonly body: string;
  readonly target: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly author: string;
  readonly createdAt: Instant;
  readonly publishedAt?: Instant;
}

/** Why a workflow does or does not run (REST's `state`). */
export type WorkflowState = 'active' | 'disabled_manually' | 'disabled_inactivity' | 'disabled_fork';

/** A workflow known to GitHub: a file that is, or once was, on the default branch. */
export interface Workflow {
  readonly id: number;
  readonly path: string;
  name: string;
  state: WorkflowState;
  readonly createdAt: Instant;
  runCount: number;
}

/** Who must agree, how long one must wait and which branches or tags may deploy to an environment. */
export interface Protection {
  readonly reviewers: readonly { readonly type: 'User' | 'Team'; readonly name: string }[];
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  readonly policy: 'any' | 'protected' | { readonly branches: readonly string[]; readonly tags: readonly string[] };
}

/** A deployment environment. */
export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Instant;
  readonly pinned: boolean;
  protection: Protection;
  readonly secrets: string[];
  readonly variables: Record<string, string>;
  /** When secrets and variables were written through the API, by name; those of the story are as old as the repository. */
  readonly written: Map<string, Written>;
}

/** A secret or variable as it was written last; of a secret only its sealed form. */
export interface Written {
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly sealed?: string;
}

/** A request to merge a branch of the same repository. */
export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly head: string;
  readonly base: string;
  readonly author: string;
  readonly createdAt: Instant;
  /** The head's commit when it was merged; until then the branch tells. */
  merged?: { readonly at: Instant; readonly by: string; readonly sha: string; readonly headSha: string };
}

/** A deployment status's state, in REST's spelling (`waiting` is only shown by GraphQL). */
export type DeploymentState =
  | 'error' | 'failure' | 'inactive' | 'in_progress' | 'pending' | 'queued' | 'success' | 'waiting';

/** One word said about a deployment. */
export interface DeploymentStatus {
  readonly id: number;
  readonly state: DeploymentState;
  readonly at: Instant;
  readonly description: string;
  readonly logPath?: string;
  readonly environmentUrl: string;
  readonly creator: string;
}

/** A deployment record. `job` is set when a run made it. */
export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly creator: string;
  readonly createdAt: Instant;
  updatedAt: Instant;
  readonly transient: boolean;
  readonly production: boolean;
  readonly job?: Job;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
}

/** A conclusion of a run, job or step. */
export type Conclusion =
  | 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'neutral' | 'action_required' | 'startup_failure';

/** One step of a job. */
export interface Step {
  readonly number: number;
  readonly name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  startedAt?: Instant;
  completedAt?: Instant;
  /** Why it failed, as lines of its log. */
  problem?: readonly string[];
  /** The commands it ran and what they printed, where the world plays them. */
  output?: readonly string[];
}

/** Where a job is; `waiting` is for a reviewer or a timer, `pending` for its concurrency group. */
export type JobStatus = 'queued' | 'waiting' | 'pending' | 'in_progress' | 'completed';

/** A job of one attempt; its id is its check run's id too, as on GitHub. */
export interface Job {
  readonly id: number;
  readonly definition: JobDefinition;
  readonly run: Run;
  readonly attempt: Attempt;
  readonly createdAt: Instant;
  readonly environment?: string;
  readonly environmentUrl: string;
  readonly group?: string;
  status: JobStatus;
  conclusion: Conclusion | null;
  startedAt?: Instant;
  completedAt?: Instant;
  readonly steps: Step[];
  readonly runner: number;
  /** The record that GitHub makes for a job with an environment. */
  deployment?: Deployment;
  /** The record that the job's own scripts made. */
  record?: Deployment;
  /** What its steps have put out, by their ids. */
  readonly stepOutputs: Record<string, { readonly outputs: Readonly<Record<string, string>>; readonly outcome: string }>;
  /** What it put out itself, once it has ended. */
  outputs: Readonly<Record<string, string>>;
  gate?: { readonly since: Instant; readonly waitMinutes: number; approved: boolean; timerDone: boolean };
}

/** One attempt of a run. */
export interface Attempt {
  readonly number: number;
  readonly triggeringActor: string;
  readonly startedAt: Instant;
  readonly jobs: Job[];
  updatedAt: Instant;
  /** `forced` when not even what always runs may run. */
  cancelled: false | 'asked' | 'forced';
  conclusion: Conclusion | null;
}

/** A word of a reviewer about a run's environments. */
export interface Review {
  readonly environments: readonly string[];
  readonly state: 'approved' | 'rejected';
  readonly user: string;
  readonly comment: string;
  readonly at: Instant;
}

/** What started a run. */
export type RunEvent = 'push' | 'workflow_dispatch' | 'pull_request' | 'schedule';

/** A workflow run with all its attempts, oldest first. */
export interface Run {
  readonly id: number;
  readonly number: number;
  readonly checkSuiteId: number;
  readonly repository: Repository;
  readonly workflow: Workflow;
  readonly definition: WorkflowDefinition;
  readonly event: RunEvent;
  /** The branch's or tag's short name. */
  readonly branch: string;
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly title: string;
  readonly actor: string;
  readonly createdAt: Instant;
  /** Lists show a new run a little later than its own address does, as on GitHub. */
  readonly listedAt: Instant;
  /** Where the branches stood when somebody dispatched the run. */
  readonly heads: ReadonlyMap<string, string>;
  readonly attempts: Attempt[];
  readonly reviews: Review[];
}

/** What a simulated site really serves, whatever the records say. */
export interface Site {
  readonly version: string;
  readonly sha: string;
  readonly since: Instant;
}

/** Jobs that may not run at the same time; those that wait are in order. */
export interface ConcurrencyGroup {
  running?: Job;
  waiting: Job[];
}

/** A release that was live on an environment's server. */
export interface ServerRelease {
  readonly id: string;
  readonly version: string;
  readonly sha: string;
}

/** What an environment's server remembers: every switch in order, the last one live. */
export interface Server {
  readonly journal: (ServerRelease & { readonly at: Instant; readonly by: 'publish' | 'rollback' })[];
  frozen?: { readonly reason: string; readonly by: string };
}

/** A repository and everything that happened in it; lists are oldest first. */
export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  readonly private: boolean;
  archived: boolean;
  readonly parent?: Repository;
  readonly createdAt: Instant;
  pushedAt: Instant;
  readonly defaultBranch: string;
  readonly collaborators: Map<string, Role>;
  readonly commits: Map<string, Commit>;
  readonly branches: Map<string, string>;
  readonly tags: Map<string, Tag>;
  readonly releases: Release[];
  readonly workflows: Workflow[];
  readonly environments: Environment[];
  readonly deployments: Deployment[];
  readonly runs: Run[];
  readonly runById: Map<number, Run>;
  readonly jobById: Map<number, Job>;
  readonly groups: Map<string, ConcurrencyGroup>;
  /** By environment, in lower case. */
  readonly sites: Map<string, Site>;
  /** By environment, in lower case. */
  readonly servers: Map<string, Server>;
  readonly secrets: string[];
  readonly organizationSecrets: string[];
  readonly variables: Record<string, string>;
  readonly requiredChecks: Map<string, readonly string[]>;
  pullRequests: number;
  /** Those that the API was asked for; the story's own are only told by their commits. */
  readonly openedPulls: PullRequest[];
  /** In private repositories reviewers and wait timers need the largest, branch rules and environments at least the middle one. */
  plan: 'free' | 'team' | 'enterprise';
  /** Made through the API and perhaps in no commit yet, by name. */
  readonly looseBlobs: Map<string, string>;
  readonly looseTrees: Map<string, Snapshot>;
}
