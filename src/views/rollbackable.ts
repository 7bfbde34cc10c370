import type { EnvironmentState } from '../app/repositoryState.ts';
import { shortSha } from '../core/commit.ts';
import type { Version } from '../core/deployTarget.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import type { Release } from '../core/release.ts';
import { isSameVersion } from '../core/rollbackCandidates.ts';
import { rollbackWay } from '../core/rollbackWay.ts';

/** True for an earlier deployment that was live, is not what is live now, and that some workflow can ship again. */
export function isRollbackable(shipped: ShippedVersion, { target, live }: EnvironmentState, releases: readonly Release[]): boolean {
  if (shipped.state !== 'superseded' || shipped.succeededAt === undefined) return false;
  if (typeof live === 'object' && isSameVersion(shipped, live)) return false;
  return rollbackWay(target, shippedAs(shipped, releases)).kind !== 'none';
}

/** What to ask for to get this version again. */
function shippedAs({ label, sha }: ShippedVersion, releases: readonly Release[]): Version | undefined {
  const release = releases.find(({ tag, isDraft }) => !isDraft && tag === label);
  const known = sha ?? release?.sha;
  if (known === undefined) return undefined;
  return release ? { label, kind: 'release', ref: release.tag, sha: known } : { label: shortSha(known), kind: 'commit', ref: known, sha: known };
}
