import type { Comparison } from '../core/commit.ts';
import type { Deployment } from '../core/deployment.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import type { Overview, ReleasePage, WorkflowSummary } from '../core/gitHub.ts';
import type { Instant } from '../core/instant.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import type { GitRef } from '../core/release.ts';
import type { WorkflowFile } from '../core/workflowFile.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import { nextReleases } from './olderReleases.ts';

/** What was read of one repository, as it was read: the state that views see is drawn from it. Immutable. */
export interface Knowledge {
  readonly overview: Overview | undefined;
  readonly asOf: Instant;
  /** Releases beyond the overview's, once somebody asked for more. */
  readonly olderReleases: ReleasePage | undefined;
  /** The overview's workflow files, parsed. */
  readonly files: readonly WorkflowFile[];
  readonly workflows: readonly WorkflowSummary[];
  /** Runs by id, each as last seen. */
  readonly runs: ReadonlyMap<number, WorkflowRun>;
  /** Runs that GitHub does not show (any more). */
  readonly gone: ReadonlySet<number>;
  /** Our own dispatches by run id. */
  readonly requests: ReadonlyMap<number, DeployRequest>;
  /** By `comparisonKey`; `none` where GitHub cannot compare. */
  readonly comparisons: ReadonlyMap<string, Comparison | 'none'>;
  /** Older deployments by environment in lower case, and whether they are all. */
  readonly older: ReadonlyMap<string, { readonly deployments: readonly Deployment[]; readonly isComplete: boolean }>;
  /** How many deployments of an environment are shown, by its name in lower case, once somebody asked for more than `historyPage`. */
  readonly depths: ReadonlyMap<string, number>;
  /** What environments' own version addresses answered, by address. */
  readonly sites: ReadonlyMap<string, { readonly version: string | undefined; readonly sha: string | undefined; readonly at: Instant }>;
  /** Every tag, once somebody needed them; `undefined` before. */
  readonly tags: readonly GitRef[] | undefined;
  /** Every branch, once somebody needed them. */
  readonly branches: readonly GitRef[];
}

export const nothingKnown: Knowledge = {
  overview: undefined,
  asOf: 0,
  olderReleases: undefined,
  files: [],
  workflows: [],
  runs: new Map(),
  gone: new Set(),
  requests: new Map(),
  comparisons: new Map(),
  older: new Map(),
  depths: new Map(),
  sites: new Map(),
  tags: undefined,
  branches: [],
};

/** Deployments of an environment that are shown at first, and how many more each time more is asked for. */
export const historyPage = 20;

const most = 600;

/** Adds runs where they are newer than what is known; the same object when none is. Old ones are forgotten beyond a bound. */
export function withRuns(knowledge: Knowledge, runs: Iterable<WorkflowRun>): Knowledge {
  const news = [...runs].filter((run) => isNewer(run, knowledge.runs.get(run.id)));
  if (news.length === 0) return knowledge;
  const all = new Map(knowledge.runs);
  for (const run of news) {
    all.delete(run.id);
    all.set(run.id, run);
  }
  for (const id of all.keys()) {
    if (all.size <= most) break;
    all.delete(id);
  }
  return { ...knowledge, runs: all };
}

/** The later of two sightings of a run: the higher attempt, else the later touch; the first when they are equally late. */
export function later(known: WorkflowRun | undefined, run: WorkflowRun): WorkflowRun {
  return isNewer(run, known) ? run : (known ?? run);
}

function isNewer(run: WorkflowRun, known: WorkflowRun | undefined): boolean {
  if (!known || run.attempt !== known.attempt) return !known || run.attempt > known.attempt;
  if (run.updatedAt !== known.updatedAt) return run.updatedAt > known.updatedAt;
  return run !== known && (run.status !== known.status || run.conclusion !== known.conclusion || run.title !== known.title);
}

/** Two commits, or a commit and a branch, to be compared. */
export function comparisonKey(base: string, head: string): string {
  return `${base}...${head}`;
}

/** Deployments of every environment that are known, newest reading first, each once. */
export function allDeployments({ overview, older }: Knowledge): readonly Deployment[] {
  const found = new Map<number, Deployment>();
  for (const deployment of overview?.deployments ?? []) found.set(deployment.id, deployment);
  for (const { deployments } of older.values()) {
    for (const deployment of deployments) if (!found.has(deployment.id)) found.set(deployment.id, deployment);
  }
  return [...found.values()];
}

/** False while releases are left to read and the tags were not: a version may then have a name that we do not know. */
export function knowsAllNames(knowledge: Knowledge): boolean {
  return knowledge.tags !== undefined || nextReleases(knowledge) === undefined;
}

/** True when nothing but the record of a run started by hand speaks: its title may name a version that we do not know yet. */
export function mayBeMisnamed({ evidence }: Pick<ShippedVersion, 'evidence'>): boolean {
  return isRecordOnly(evidence) && evidence.some(({ namesRunCommit }) => namesRunCommit !== undefined);
}

/** True when tags that were not read may name the version better, or tell its commit. */
export function mayBeNamedByTag(shipped: Pick<ShippedVersion, 'evidence' | 'sha'>): boolean {
  const { evidence, sha } = shipped;
  return sha === undefined || mayBeMisnamed(shipped) || (isRecordOnly(evidence) && evidence.every(({ version }) => version === undefined));
}

function isRecordOnly(evidence: ShippedVersion['evidence']): boolean {
  return evidence.every(({ source }) => source === 'deploymentRecord' || source === 'site');
}
