import type { Clock, Disposable } from '../core/clock.ts';
import type { GitHub } from '../core/gitHub.ts';
import type { GitHubSetup } from '../core/gitHubSetup.ts';
import type { Log } from '../core/log.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Settings } from '../core/settings.ts';
import type { Storage } from '../core/storage.ts';
import type { WorkflowFiles } from '../core/workflowFile.ts';
import type { DeployStore } from './deployStore.ts';

/** Ports and state of one repository: what every use case is handed. */
export interface RepositorySession {
  readonly repository: RepositoryId;
  readonly store: DeployStore;
  readonly github: GitHub;
  /** Loads what writes a repository's settings on first use. */
  readonly setup: () => Promise<GitHubSetup>;
  /** May load a parser on first use. */
  readonly workflowFiles: () => Promise<WorkflowFiles>;
  readonly settings: () => Settings;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** A random UUID; seeded in tests. */
  readonly newId: () => string;
  /** What the environment's own `versionUrl` answers; `undefined` when it does not answer. */
  readonly siteVersion: (url: string, signal?: AbortSignal) => Promise<SiteAnswer | undefined>;
  readonly refresher: Refresher;
  readonly tracker: RunTracker;
}

export interface SiteAnswer {
  readonly version: string | undefined;
  readonly sha: string | undefined;
}

/** What the user can see, which decides how often we look. */
export interface Attention {
  readonly focused: boolean;
  /** Some Boussole view is on screen. */
  readonly visible: boolean;
}

/** Keeps the store true: first load, background look, refresh on demand, more runs, details when opened. */
export interface Refresher extends Disposable {
  /** Loads the first picture, then looks again as attention and life demand. */
  start(): void;
  setAttention(attention: Attention): void;
  /** Asks GitHub what changed and loads that. Rejects never: failures are in `state.connection`. */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Draws the picture again with the settings as they are now; asks nothing of GitHub. */
  redraw(): void;
  setRunFilter(filter: import('./repositoryState.ts').RunFilter): Promise<void>;
  loadMoreRuns(): Promise<void>;
  /** The next page of releases. */
  loadMoreReleases(): Promise<void>;
  /** Jobs of a run that somebody opened. */
  loadJobs(runId: number): Promise<void>;
  /** Reads what the first deployments of a history really shipped (`ShippedVersion.isProvisional`), when somebody opens it. */
  loadHistory(environment: string): Promise<void>;
  /** Older deployments of an environment. */
  loadMoreHistory(environment: string): Promise<void>;
  /** Which environments are held now: what stops a deploy is looked at right before it. Rejects where GitHub does not tell. */
  loadHolds(signal?: AbortSignal): Promise<void>;
  /** All branches and tags, for who chooses a version. */
  loadVersions(): Promise<void>;
}

/** Follows runs to their end, at one pace for all, and picks them up again after a reload. */
export interface RunTracker extends Disposable {
  /** Picks up what an earlier window followed. */
  restore(): Promise<void>;
  /** Sends the request once and follows what comes of it; the answer is the followed run's key. Refusals end up in its phase `rejected`. */
  dispatch(request: import('../core/deployRequest.ts').DeployRequest, signal?: AbortSignal): Promise<string>;
  /** Follows a run that exists already. */
  follow(run: import('../core/workflowRun.ts').WorkflowRun): void;
  /** Throws where the run is not under way any more, and what GitHub has against it. */
  cancel(key: string): Promise<void>;
  rerun(runId: number, failedOnly: boolean): Promise<void>;
  /** Our own dispatch behind a run, where this workspace made it. */
  requestOf(runId: number): import('../core/deployRequest.ts').DeployRequest | undefined;
  /** Stops showing an ended or unfound run. */
  dismiss(key: string): void;
}
