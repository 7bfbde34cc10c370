import type { Version } from './deployTarget.ts';
import type { Instant } from './instant.ts';
import type { RepositoryId } from './repositoryId.ts';

export type DeployKind = 'deploy' | 'rollback' | 'promote' | 'rerun';

/** What a person decided, complete and fixed before anything is sent; also our own record of what was shipped. */
export interface DeployRequest {
  /** Random UUID; rides in an input and the run's title so that the run can be found and proven ours. */
  readonly correlationId: string;
  readonly kind: DeployKind;
  readonly repository: RepositoryId;
  readonly environment: string;
  readonly isProduction: boolean;
  readonly version: Version;
  /** Live when the person confirmed. */
  readonly replaces: { readonly label: string; readonly sha: string | undefined } | undefined;
  readonly workflow: string;
  /** Branch or tag that the dispatch runs on. */
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly reason: string;
  /** Login of who asked. */
  readonly actor: string;
  readonly requestedAt: Instant;
  /** The workflow posts to Slack by itself. */
  readonly workflowPosts: boolean;
  /** Median duration of earlier successful deploys to the environment, when there were any. */
  readonly expectedMs: number | undefined;
}
