import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import { isSameVersion } from '../core/rollbackCandidates.ts';
import { rollbackWay } from '../core/rollbackWay.ts';
import { shippedAs } from '../core/shippedAs.ts';
import type { Text } from '../core/text.ts';

/** True for an earlier deployment that was live and is not what is live now: what a person may want back. */
export function wasLive(shipped: ShippedVersion, { live }: EnvironmentState): boolean {
  if (shipped.state !== 'superseded' || shipped.succeededAt === undefined) return false;
  return typeof live !== 'object' || !isSameVersion(shipped, live);
}

/** Why nothing can ship that version again; `undefined` when something can. */
export function whyNoWayBack(shipped: ShippedVersion, { target }: EnvironmentState, { releases, facts }: RepositoryState): Text | undefined {
  const way = rollbackWay(target, shippedAs(shipped, releases, facts?.tags));
  return way.kind === 'none' ? way.why : undefined;
}

/** True for an earlier deployment that was live, is not what is live now, and that some workflow can ship again. */
export function isRollbackable(shipped: ShippedVersion, environment: EnvironmentState, state: RepositoryState): boolean {
  return wasLive(shipped, environment) && whyNoWayBack(shipped, environment, state) === undefined;
}
