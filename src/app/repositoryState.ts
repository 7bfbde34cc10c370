import type { Commit } from '../core/commit.ts';
import type { DeployError } from '../core/deployError.ts';
import type { DeployTarget } from '../core/deployTarget.ts';
import type { Environment } from '../core/environment.ts';
import type { Permission } from '../core/gitHub.ts';
import type { Hold } from '../core/hold.ts';
import type { Instant } from '../core/instant.ts';
import type { LiveVersion, ShippedVersion } from '../core/liveVersion.ts';
import type { GitRef, Release } from '../core/release.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { TrackedRun } from '../core/trackedRun.ts';
import type { WorkflowFile } from '../core/workflowFile.ts';
import type { Job, WorkflowRun } from '../core/workflowRun.ts';

/** What we last heard of one repository. Immutable: the store replaces it, views read it. */
export interface RepositoryState {
  readonly repository: RepositoryId;
  readonly connection: Connection;
  /** True once the first rows of the first picture are as true as they will get: until then there is little worth drawing. */
  readonly hasFirstRows: boolean;
  /** `undefined` until the first overview arrived. */
  readonly facts: RepositoryFacts | undefined;
  readonly environments: readonly EnvironmentState[];
  /** Release order: semver, newest first; then others by date. */
  readonly releases: readonly Release[];
  /** Older releases that were not asked for yet; `undefined` when `releases` are all. */
  readonly moreReleases: { readonly total: number; readonly isLoading: boolean } | undefined;
  /** `undefined` until the first page arrived. */
  readonly runs: RunList | undefined;
  /** Jobs of runs that somebody opened or that are live. */
  readonly jobs: ReadonlyMap<number, readonly Job[]>;
  readonly tracked: readonly TrackedRun[];
}

export interface RepositoryFacts {
  readonly viewer: string;
  readonly permission: Permission;
  readonly isArchived: boolean;
  readonly isEmpty: boolean;
  /** The upstream of a fork, `owner/name`. */
  readonly parent: string | undefined;
  readonly defaultBranch: string | undefined;
  /** The default branch and those that environments deploy; all of them once somebody chose a version. */
  readonly branches: readonly GitRef[];
  /** All tags once somebody chose a version; empty before. */
  readonly tags?: readonly GitRef[];
  /** Recent commits by SHA. */
  readonly commits: ReadonlyMap<string, Commit>;
  /** Paths of workflow files that could not be read, with why. */
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
  /** The workflow that holds deploys back and lifts holds, where there is one. */
  readonly holdWorkflow?: WorkflowFile | undefined;
  readonly asOf: Instant;
}

/** How fresh the picture is. Offline and rate-limited are not phases of runs: they are said here, once. */
export type Connection =
  | { readonly kind: 'loading' }
  | { readonly kind: 'online'; readonly asOf: Instant }
  | { readonly kind: 'failed'; readonly error: DeployError; readonly asOf: Instant | undefined; readonly retryAt: Instant | undefined };

/** A deploy target as it stands. */
export interface EnvironmentState {
  readonly target: DeployTarget;
  /** `undefined`: GitHub has no such environment (yet). */
  readonly environment: Environment | undefined;
  readonly live: LiveVersion | 'nothing' | 'unknown';
  readonly waiting: WaitingCommits;
  /**
   * What keeps deploys out. Right before a deploy it is read anew; between deploys it is as old as the last overview, which follows the
   * end of every deploy and every run of the workflow that holds. One set by another way (a comment to branch-deploy) moves none of what
   * is asked in between for sure: it may be seen an hour late.
   */
  readonly hold: Hold | undefined;
  /** Newest first; as many as were asked for, and always the live one. */
  readonly history: readonly ShippedVersion[];
  /** False while older ones can be asked for. */
  readonly historyComplete: boolean;
  /** Median of its earlier successful deploys' durations, and how many they were. */
  readonly expected: { readonly medianMs: number; readonly count: number } | undefined;
}

/** Commits of the target's branch that are not live. `ahead` is exact; `commits` may be its newest part only. */
export type WaitingCommits =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly ahead: number; readonly behind: number | undefined; readonly commits: readonly Commit[] };

export interface RunList {
  readonly filter: RunFilter;
  readonly runs: readonly WorkflowRun[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
}

export interface RunFilter {
  readonly environment?: string;
  readonly workflow?: string;
  readonly branch?: string;
  /** GitHub's spelling. */
  readonly status?: string;
  readonly mine?: boolean;
}

export function initialState(repository: RepositoryId): RepositoryState {
  return {
    repository,
    connection: { kind: 'loading' },
    hasFirstRows: false,
    facts: undefined,
    environments: [],
    releases: [],
    moreReleases: undefined,
    runs: undefined,
    jobs: new Map(),
    tracked: [],
  };
}
