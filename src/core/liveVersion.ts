import type { Instant } from './instant.ts';

/** One source's answer to "what is live here?". */
export interface Evidence {
  readonly source: 'ownRecord' | 'payload' | 'runTitle' | 'deploymentRecord' | 'site';
  /** Tag or name as the source says it, when it names one. */
  readonly version: string | undefined;
  readonly sha: string | undefined;
  readonly at: Instant;
  readonly url: string | undefined;
  /** Only on GitHub's own record of a run started by hand: it names the commit that the run ran on, whatever the run shipped. */
  readonly namesRunCommit?: { readonly branch: string | undefined };
}

/**
 * What is live in an environment. The deployment is the one whose first success is the latest, whatever its creation time; the
 * version is what was really shipped: the site's answer never replaces it but can contradict it (`verdict`).
 */
export interface LiveVersion {
  /** `undefined` where there is no deployment record and only the site tells what it runs (`siteLive.ts`). */
  readonly deploymentId: number | undefined;
  readonly runId: number | undefined;
  /** What people call it: the release's tag where the commit has one, else what the sources say, else the short SHA. */
  readonly label: string;
  readonly sha: string | undefined;
  /** `undefined` where only the site tells: it does not say since when. */
  readonly since: Instant | undefined;
  /** Empty where only the site tells: it does not say who. */
  readonly by: string;
  readonly isRollback: boolean;
  readonly evidence: readonly Evidence[];
  readonly verdict: 'agree' | 'disagree' | 'unknown';
  /**
   * What a verdict of `disagree` means. `recordOnly`: all agree but GitHub's record, which names the commit that the run ran on,
   * as after every rollback and promotion; worth a word. `sources`: a real contradiction; worth a warning.
   */
  readonly conflict: 'none' | 'recordOnly' | 'sources';
}

/** One line of an environment's history: a deployment and what it really shipped. */
export interface ShippedVersion extends Omit<LiveVersion, 'since' | 'deploymentId'> {
  readonly deploymentId: number;
  readonly environment: string;
  readonly state: 'live' | 'superseded' | 'failed' | 'cancelled' | 'inProgress' | 'waiting' | 'unknown';
  readonly createdAt: Instant;
  /** First success; `undefined` when it never succeeded. */
  readonly succeededAt: Instant | undefined;
  /** True while the run that made it, or the tags that its title may name, were not read: what it shipped is only the record's word. */
  readonly isProvisional?: boolean;
}
