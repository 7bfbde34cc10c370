import { shortSha } from './commit.ts';
import type { Version } from './deployTarget.ts';
import type { ShippedVersion } from './liveVersion.ts';
import type { GitRef, Release } from './release.ts';
import { VersionNames } from './versionNames.ts';

/**
 * What to ask for to get a shipped version again, always something fixed: its release or tag where that still exists and still is
 * that commit, else its commit. `undefined` when nothing tells which commit it was.
 */
export function shippedAs(
  { label, sha }: Pick<ShippedVersion, 'label' | 'sha'>,
  releases: readonly Release[],
  tags: readonly GitRef[] = [],
): Version | undefined {
  const names = new VersionNames({ releases, tags });
  const tag = names.tagNamed(label);
  const tagged = tag === undefined ? undefined : names.shaOfTag(tag);
  const release = releases.find((one) => one.tag === tag && !one.isDraft);
  if (tag !== undefined && tagged !== undefined && (sha === undefined || sha === tagged)) {
    return { label: tag, kind: release ? 'release' : 'tag', ref: tag, sha: tagged };
  }
  // A candidate has a version and no tag: "v1.39.0-rc.214".
  const isNamed = /^v?\d+\.\d+\.\d+/.test(label) && tag === undefined;
  return sha === undefined ? undefined : { label: isNamed ? label : shortSha(sha), kind: 'commit', ref: sha, sha };
}
