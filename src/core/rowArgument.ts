/** What a row of a view stands for, and all that a command is told about it. Plain data: it survives a round trip through VS Code. */
export interface RowArgument {
  /** `repositoryKey()` of the repository that the row belongs to. */
  readonly repositoryKey: string;
  readonly environment?: string;
  readonly deploymentId?: number;
  readonly releaseTag?: string;
  readonly sha?: string;
  readonly runId?: number;
  readonly jobId?: number;
  /** `TrackedRun.key`, for runs that may have no id yet. */
  readonly trackedKey?: string;
  /** The thing's page on GitHub. */
  readonly url?: string;
}
