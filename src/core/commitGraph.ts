import type { Commit } from './commit.ts';

/** How far the clocks of two people who commit may be apart. */
const clockSkewMs = 24 * 3_600_000;

/** Commits that one side has and the other has not, as far as the known commits prove it. */
export interface Divergence {
  readonly ahead: number;
  /** `undefined` when the known commits do not prove it. */
  readonly behind: number | undefined;
  /** What is ahead, newest first. */
  readonly commits: readonly Commit[];
}

/**
 * How many commits `head` has that `live` has not, counted exactly within the known commits; `undefined` when they do not prove
 * it. A commit counts only where nothing unknown could make it an ancestor of `live`: it descends from `live` itself, or it is
 * younger than every commit through which `live`'s ancestry leaves the known ones (none, when that is known down to the roots).
 */
export function divergence(commits: ReadonlyMap<string, Commit>, live: string, head: string): Divergence | undefined {
  if (live === head) return { ahead: 0, behind: 0, commits: [] };
  const ahead = onlyIn(commits, head, live);
  if (!ahead) return undefined;
  return { ahead: ahead.length, behind: onlyIn(commits, live, head)?.length, commits: ahead };
}

/** Commits reachable from `of` and not from `without`, newest first; `undefined` when not proven. */
function onlyIn(commits: ReadonlyMap<string, Commit>, of: string, without: string): readonly Commit[] | undefined {
  const excluded = reach(commits, without);
  const found: Commit[] = [];
  const seen = new Set<string>();
  const next = [of];
  for (let sha = next.pop(); sha !== undefined; sha = next.pop()) {
    if (seen.has(sha) || excluded.shas.has(sha)) continue;
    seen.add(sha);
    const commit = commits.get(sha);
    if (!commit) return undefined;
    found.push(commit);
    next.push(...commit.parents);
  }
  const doubtful = found.filter(({ committedAt }) => committedAt <= excluded.knownSince);
  if (doubtful.length > 0) {
    const descends = descendants(commits, without);
    if (!doubtful.every(({ sha }) => descends.has(sha))) return undefined;
  }
  return found.sort((a, b) => b.committedAt - a.committedAt);
}

/**
 * Everything known to be reachable from a commit, itself included. No commit younger than `knownSince` can be reached beyond that:
 * an ancestor is older than its descendants, but for the clocks of those who commit.
 */
function reach(commits: ReadonlyMap<string, Commit>, from: string): { readonly shas: ReadonlySet<string>; readonly knownSince: number } {
  const shas = new Set<string>();
  let knownSince = commits.has(from) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const next = [from];
  for (let sha = next.pop(); sha !== undefined; sha = next.pop()) {
    if (shas.has(sha)) continue;
    shas.add(sha);
    const commit = commits.get(sha);
    if (!commit) continue;
    if (commit.parents.some((parent) => !commits.has(parent))) knownSince = Math.max(knownSince, commit.committedAt + clockSkewMs);
    next.push(...commit.parents);
  }
  return { shas, knownSince };
}

function descendants(commits: ReadonlyMap<string, Commit>, of: string): ReadonlySet<string> {
  const children = new Map<string, string[]>();
  for (const { sha, parents } of commits.values()) {
    for (const parent of parents) {
      const known = children.get(parent);
      if (known) known.push(sha);
      else children.set(parent, [sha]);
    }
  }
  const shas = new Set<string>();
  const next = [...(children.get(of) ?? [])];
  for (let sha = next.pop(); sha !== undefined; sha = next.pop()) {
    if (shas.has(sha)) continue;
    shas.add(sha);
    next.push(...(children.get(sha) ?? []));
  }
  return shas;
}
