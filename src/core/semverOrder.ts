import compare from 'semver/functions/compare.js';
import parse from 'semver/functions/parse.js';
import type SemVer from 'semver/classes/semver.js';
import type { Release } from './release.ts';

/** The semantic version that a tag names (`v1.2.3`, `release-1.2.3`, `web@1.2.3-rc.1`), or `undefined`. */
export function semverOf(tag: string): SemVer | undefined {
  const plain = parse(tag);
  if (plain) return plain;
  const prefix = /^[A-Za-z][A-Za-z0-9_.-]*?[-_@/](?=v?\d+\.\d+\.\d+)/.exec(tag.slice(0, 200));
  return (prefix && parse(tag.slice(prefix[0].length))) ?? undefined;
}

/** Semantic order, negative when `a` is older; `undefined` unless both are semantic versions. */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [semverOf(a), semverOf(b)];
  return left && right ? compare(left, right) : undefined;
}

/** True for `1.2.0-rc.1` and its like. */
export function isPrereleaseVersion(tag: string): boolean {
  return (semverOf(tag)?.prerelease.length ?? 0) > 0;
}

/** Releases as people read them: semantic versions newest first, then the others by date, newest first. */
export function inReleaseOrder(releases: readonly Release[]): readonly Release[] {
  const keyed = releases.map((release) => ({ release, version: semverOf(release.tag) }));
  return keyed
    .sort((a, b) => {
      if (a.version && b.version) return compare(b.version, a.version) || dateOf(b.release) - dateOf(a.release);
      if (a.version || b.version) return a.version ? -1 : 1;
      return dateOf(b.release) - dateOf(a.release);
    })
    .map(({ release }) => release);
}

function dateOf(release: Release): number {
  return release.publishedAt ?? release.createdAt;
}
