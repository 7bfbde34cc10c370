import { sha } from './chance.ts';
import { compareCommits, headOf } from './history.ts';
import type { Commit, PullRequest, Repository } from './model.ts';
import { push } from './triggers.ts';
import type { World } from './world.ts';

/** Merges a pull request with a merge commit, pushed by whoever merged; `false` when there is nothing to merge, or it was merged before. */
export function mergePull(world: World, repository: Repository, pull: PullRequest, login: string): boolean {
  const [head, base] = [headOf(repository, pull.head), headOf(repository, pull.base)];
  const comparison = head && base && compareCommits(repository, base, head);
  if (pull.merged || !head || !base || !comparison || comparison.ahead.length === 0) return false;
  const changed = [...head.files].filter(([path, text]) => comparison.mergeBase.files.get(path) !== text);
  const merge: Commit = {
    sha: sha(`merge ${repository.id} ${pull.number} ${base.sha} ${head.sha}`),
    message: `Merge pull request #${pull.number} from ${repository.owner}/${pull.head}\n\n${pull.title}`,
    author: login,
    at: world.now,
    order: repository.commits.size,
    parents: [base.sha, head.sha],
    pullRequest: { number: pull.number, title: pull.title },
    changes: comparison.ahead.flatMap(({ changes }) => changes),
    files: new Map([...base.files, ...changed]),
    executables: new Set([...(base.executables ?? []), ...(head.executables ?? [])]),
  };
  repository.commits.set(merge.sha, merge);
  pull.merged = { at: world.now, by: login, sha: merge.sha, headSha: head.sha };
  push(world, repository, pull.base, merge, login);
  return true;
}
