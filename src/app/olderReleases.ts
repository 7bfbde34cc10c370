import type { Overview, ReleasePage } from '../core/gitHub.ts';
import type { Release } from '../core/release.ts';

/** What is known of releases: the overview's page, and the pages beyond it that somebody asked for. */
export interface KnownReleases {
  readonly overview: Pick<Overview, 'releases' | 'nextReleases'> | undefined;
  readonly olderReleases: ReleasePage | undefined;
}

/** Every release that is known, once, in GitHub's order. */
export function knownReleases({ overview, olderReleases }: KnownReleases): readonly Release[] {
  return [...(overview?.releases ?? []), ...(olderReleases?.releases ?? [])];
}

/** Where the first page that is not known begins; `undefined` when all are known. */
export function nextReleases({ overview, olderReleases }: KnownReleases): string | undefined {
  return olderReleases ? olderReleases.next : overview?.nextReleases;
}

/** The older releases with one more page. */
export function withReleasePage(known: KnownReleases, { releases, next }: ReleasePage): ReleasePage {
  const ids = new Set(knownReleases(known).map(({ id }) => id));
  return { releases: [...(known.olderReleases?.releases ?? []), ...releases.filter(({ id }) => !ids.has(id))], next };
}

/**
 * The older releases under a newer overview: those that new ones pushed off its page join them, so that no gap opens. `undefined`
 * when they have to be asked for anew, because nothing links the two, or when there are none any more.
 */
export function carriedOver(known: KnownReleases, overview: Pick<Overview, 'releases' | 'nextReleases'>): ReleasePage | undefined {
  if (!known.olderReleases || overview.nextReleases === undefined) return undefined;
  const fresh = new Set(overview.releases.map(({ id }) => id));
  const all = knownReleases(known);
  const link = all.findLastIndex(({ id }) => fresh.has(id));
  return link < 0 ? undefined : { ...known.olderReleases, releases: all.slice(link + 1) };
}
