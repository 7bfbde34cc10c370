import type { Instant } from './instant.ts';

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  /** First line of the message. Hostile text. */
  readonly headline: string;
  readonly author: string;
  readonly committedAt: Instant;
  readonly pullRequest: { readonly number: number; readonly title: string } | undefined;
}

/** What lies between two commits, as GitHub's compare answers. `commits` is at most one page; `aheadBy` is the whole count. */
export interface Comparison {
  readonly base: string;
  readonly head: string;
  readonly aheadBy: number;
  readonly behindBy: number;
  /** Commits that `head` has and `base` has not, oldest first. */
  readonly commits: readonly Commit[];
  readonly url: string;
}

/** The seven characters that people write. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}
