import type { Deployment } from './deployment.ts';
import { firstSuccess } from './whatIsLive.ts';
import { sameEnvironment } from './environment.ts';
import type { WorkflowRun } from './workflowRun.ts';

/** How long deploys to an environment usually take. */
export interface ExpectedDuration {
  readonly medianMs: number;
  readonly count: number;
}

/**
 * Median duration of the known successful deploys to an environment, each from the start of its attempt to its end, without the
 * time that it waited for a reviewer. `runs` are those that deploy to it; where none is known, the deployments themselves are
 * measured (they miss the jobs before).
 */
export function expectedDuration(
  environment: string,
  runs: Iterable<WorkflowRun>,
  deployments: readonly Deployment[],
): ExpectedDuration | undefined {
  const own = deployments.filter((deployment) => sameEnvironment(deployment.environment, environment));
  const waited = new Map<number, number>();
  for (const deployment of own) {
    if (deployment.runId !== undefined && !waited.has(deployment.runId)) waited.set(deployment.runId, waitedMs(deployment));
  }
  const whole: number[] = [];
  for (const run of runs) {
    if (run.status !== 'completed' || run.conclusion !== 'success') continue;
    const took = run.updatedAt - run.startedAt - (waited.get(run.id) ?? 0);
    if (took > 0) whole.push(took);
  }
  if (whole.length > 0) return { medianMs: median(whole), count: whole.length };
  const parts = own.flatMap((deployment) => {
    const end = firstSuccess(deployment);
    const took = end === undefined ? 0 : end - deployment.createdAt - waitedMs(deployment);
    return took > 0 ? [took] : [];
  });
  return parts.length > 0 ? { medianMs: median(parts), count: parts.length } : undefined;
}

/** The middle value, or the mean of the two in the middle. `values` must not be empty. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Time that a deployment spent waiting for a reviewer or a timer. */
function waitedMs(deployment: Deployment): number {
  let total = 0;
  deployment.statuses.forEach(({ state, createdAt }, index) => {
    const next = deployment.statuses[index + 1];
    if (state === 'waiting' && next) total += Math.max(0, next.createdAt - createdAt);
  });
  return total;
}
