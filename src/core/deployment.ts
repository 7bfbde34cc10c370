import type { Instant } from './instant.ts';

/** GitHub's deployment states, REST and GraphQL together. */
export type DeploymentState =
  | 'pending' | 'queued' | 'waiting' | 'inProgress' | 'success' | 'failure' | 'error' | 'inactive' | 'unknown';

/** A deployment record. Its `sha` is the commit of the run that made it, not always of what was shipped (see `liveVersion.ts`). */
export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  /** What a pipeline that writes its own records says in their payload: what was shipped, and who asked; empty for GitHub's automatic records. */
  readonly shipped: { readonly version?: string; readonly sha?: string; readonly actor?: string };
  readonly description: string;
  readonly creator: string;
  readonly createdAt: Instant;
  /** Oldest first. */
  readonly statuses: readonly DeploymentStatus[];
  /** The run that made it, read from its log address; `undefined` when none of its statuses names one. */
  readonly runId: number | undefined;
}

export interface DeploymentStatus {
  readonly state: DeploymentState;
  readonly createdAt: Instant;
  /** Of the latest status; empty on the others. */
  readonly description: string;
  /** Known of the latest status only; all that a run set carry the same. */
  readonly logUrl: string | undefined;
  readonly environmentUrl: string | undefined;
}
