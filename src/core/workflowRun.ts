import type { Instant } from './instant.ts';

/** GitHub's run and job statuses; a word we do not know is `unknown`, never success. */
export type RunStatus = 'queued' | 'requested' | 'pending' | 'waiting' | 'inProgress' | 'completed' | 'unknown';

/** GitHub's conclusions of runs, jobs and steps. */
export type RunConclusion =
  | 'success' | 'failure' | 'cancelled' | 'timedOut' | 'startupFailure' | 'actionRequired' | 'neutral' | 'skipped' | 'stale' | 'unknown';

/** A workflow run at one attempt. Identity is (id, attempt): a re-run keeps the id. */
export interface WorkflowRun {
  readonly id: number;
  /** GraphQL's id, for batched observation. */
  readonly nodeId: string;
  readonly attempt: number;
  readonly number: number;
  readonly workflowId: number;
  /** `.github/workflows/deploy.yml`, without the `@ref` that GitHub may append. */
  readonly workflowPath: string;
  readonly workflowName: string;
  /** GitHub's `display_title`: the evaluated `run-name`, else the commit's title. Hostile text. */
  readonly title: string;
  readonly event: string;
  readonly status: RunStatus;
  readonly conclusion: RunConclusion | undefined;
  readonly branch: string | undefined;
  readonly sha: string;
  /** Login of who started this attempt. */
  readonly actor: string;
  readonly createdAt: Instant;
  /** Start of this attempt. */
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
  readonly url: string;
}

export interface Job {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly status: RunStatus;
  readonly conclusion: RunConclusion | undefined;
  readonly startedAt: Instant | undefined;
  readonly completedAt: Instant | undefined;
  readonly url: string | undefined;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly number: number;
  readonly name: string;
  readonly status: RunStatus;
  readonly conclusion: RunConclusion | undefined;
  readonly startedAt: Instant | undefined;
  readonly completedAt: Instant | undefined;
}

/** An environment that a run waits for, and whether the viewer may let it pass. */
export interface PendingDeployment {
  readonly environmentId: number;
  readonly environment: string;
  readonly canApprove: boolean;
  /** Logins and team names. */
  readonly reviewers: readonly string[];
}

/** What one look at a run told: less than a `WorkflowRun`, but with its jobs. `attempt` is absent where the answer does not carry it (GraphQL). */
export interface RunObservation {
  readonly runId: number;
  readonly attempt: number | undefined;
  readonly status: RunStatus;
  readonly conclusion: RunConclusion | undefined;
  readonly updatedAt: Instant;
  readonly jobs: readonly Job[];
  readonly pending: readonly PendingDeployment[];
}
