import type { Commit } from './commit.ts';

/**
 * Numbers of the pull requests that commits came with, each once: GitHub's own link where the answer carries it, else the number
 * that GitHub writes into the title when it merges or squashes.
 */
export function pullRequestsIn(commits: readonly Commit[]): readonly number[] {
  const numbers = new Set<number>();
  for (const { pullRequest, headline } of commits) {
    const number = pullRequest?.number ?? numberIn(headline);
    if (number !== undefined) numbers.add(number);
  }
  return [...numbers];
}

function numberIn(headline: string): number | undefined {
  const merged = /^Merge pull request #(\d{1,9})\b/.exec(headline) ?? /\(#(\d{1,9})\)$/.exec(headline.slice(-40).trimEnd());
  return merged?.[1] === undefined ? undefined : Number(merged[1]);
}
