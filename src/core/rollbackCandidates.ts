import type { ShippedVersion } from './liveVersion.ts';

/**
 * Earlier deployments that a rollback can name, best first: each was live, finished, differs from what is live now, and stands
 * here once, by its latest success. Those that somebody already rolled back from come last; else the newest success is first.
 */
export function rollbackCandidates(history: readonly ShippedVersion[]): readonly ShippedVersion[] {
  const succeeded = bySuccess(history);
  const live = succeeded.find((shipped) => shipped.state === 'live');
  const seen = new Set<string>();
  const good: ShippedVersion[] = [];
  const abandoned: ShippedVersion[] = [];
  for (const [index, shipped] of succeeded.entries()) {
    if (shipped.state !== 'superseded' || (live && isSameVersion(shipped, live)) || seen.has(versionKey(shipped))) continue;
    seen.add(versionKey(shipped));
    (succeeded[index - 1]?.isRollback ? abandoned : good).push(shipped);
  }
  return [...good, ...abandoned];
}

/** True for a deployment that a rollback took the place of. */
export function wasRolledBack(shipped: ShippedVersion, history: readonly ShippedVersion[]): boolean {
  const succeeded = bySuccess(history);
  const index = succeeded.findIndex(({ deploymentId }) => deploymentId === shipped.deploymentId);
  return index > 0 && succeeded[index - 1]?.isRollback === true;
}

function bySuccess(history: readonly ShippedVersion[]): readonly ShippedVersion[] {
  return history
    .filter((shipped) => shipped.succeededAt !== undefined)
    .sort((a, b) => (b.succeededAt ?? 0) - (a.succeededAt ?? 0) || b.deploymentId - a.deploymentId);
}

/** True when both deployments shipped the same thing: the same commit where both are known, else the same name. */
export function isSameVersion(a: Pick<ShippedVersion, 'sha' | 'label'>, b: Pick<ShippedVersion, 'sha' | 'label'>): boolean {
  return a.sha !== undefined && b.sha !== undefined ? a.sha === b.sha : a.label === b.label;
}

function versionKey({ sha, label }: ShippedVersion): string {
  return sha ?? label;
}
