import { allDeployments, comparisonKey, knowsAllNames, mayBeMisnamed, mayBeNamedByTag, type Knowledge } from './knowledge.ts';
import type { EnvironmentState } from './repositoryState.ts';
import { isUnderway, liveDeployment } from '../core/whatIsLive.ts';

/** What the rows on screen still need before each has its final text. */
export interface Needs {
  /** Environments none of whose deployments is known to have succeeded, while older ones may have. */
  readonly deployments: readonly string[];
  /** Runs behind live deployments: their titles say what was shipped. */
  readonly runs: readonly number[];
  readonly comparisons: readonly { readonly base: string; readonly head: string }[];
  /** True where a live version may have a tag that is not among the releases read. */
  readonly tags: boolean;
}

/** What is missing, in the order of the rows and each thing once. */
export function needsOf(knowledge: Knowledge, environments: readonly EnvironmentState[]): Needs {
  const deployments: string[] = [];
  const runs = new Set<number>();
  const comparisons = new Map<string, { readonly base: string; readonly head: string }>();
  const all = allDeployments(knowledge);
  const lacksNames = !knowsAllNames(knowledge);
  let tags = false;
  for (const { target, live, waiting, history } of environments) {
    const deployment = liveDeployment(all, target.environment);
    if (!deployment) {
      const isKnown = (knowledge.overview?.deploymentsComplete ?? true) || knowledge.older.has(target.environment.toLowerCase());
      if (!isKnown && !history.every(isUnderway)) deployments.push(target.environment);
    }
    const runId = deployment?.runId;
    if (live === 'unknown' && runId !== undefined && !knowledge.runs.has(runId) && !knowledge.gone.has(runId)) runs.add(runId);
    const shipped = history.find(({ state }) => state === 'live');
    if (lacksNames && (shipped ? (shipped.isProvisional !== true || mayBeMisnamed(shipped)) && mayBeNamedByTag(shipped) : typeof live === 'object' && live.sha === undefined)) tags = true;
    if (typeof live !== 'object' || live.sha === undefined || waiting.kind === 'known') continue;
    const head = knowledge.overview?.branches.find((branch) => branch.name === target.branch)?.sha ?? target.branch;
    const key = comparisonKey(live.sha, head);
    if (!knowledge.comparisons.has(key)) comparisons.set(key, { base: live.sha, head });
  }
  return { deployments, runs: [...runs], comparisons: [...comparisons.values()], tags };
}

/** Branches whose heads and histories the next overview should bring: those that environments deploy. */
export function branchesWanted(environments: readonly EnvironmentState[], defaultBranch: string | undefined): readonly string[] {
  return [...new Set(environments.map(({ target }) => target.branch))].filter((branch) => branch !== defaultBranch);
}
