import type { Instant } from './instant.ts';

/** One source's answer to "what is live here?". */
export interface Evidence {
  readonly source: 'ownRecord' | 'payload' | 'runTitle' | 'deploymentRecord' | 'site';
  /** Tag or name as the source says it, when it names one. */
  readonly version: string | undefined;
  readonly sha: string | undefined;
  readonly at: Instant;
  readonly url: string | undefined;
}

/**
 * What is live in an environment. The deployment is the one whose first success is the latest, whatever its creation time; the
 * version is what was really shipped: the site's answer never replaces it but can contradict it (`verdict`).
 */
export interface LiveVersion {
  readonly deploymentId: number;
  readonly runId: number | undefined;
  /** What people call it: the release's tag where the commit has one, else what the sources say, else the short SHA. */
  readonly label: string;
  readonly sha: string | undefined;
  readonly since: Instant;
  readonly by: string;
  readonly isRollback: boolean;
  readonly evidence: readonly Evidence[];
  readonly verdict: 'agree' | 'disagree' | 'unknown';
}

/** One line of an environment's history: a deployment and what it really shipped. */
export interface ShippedVersion extends Omit<LiveVersion, 'since'> {
  readonly environment: string;
  readonly state: 'live' | 'superseded' | 'failed' | 'cancelled' | 'inProgress' | 'waiting' | 'unknown';
  readonly createdAt: Instant;
  /** First success; `undefined` when it never succeeded. */
  readonly succeededAt: Instant | undefined;
  /** True while the run that made it was not read, so that what it shipped is only the record's word. */
  readonly isProvisional?: boolean;
}
