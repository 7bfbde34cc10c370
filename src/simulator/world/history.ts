import type { Commit, Repository } from './model.ts';

/** What a name stands for: a branch, a tag, a full SHA, or at least seven digits of one. */
export function resolveRef(repository: Repository, name: string): Commit | undefined {
  const short = name.replace(/^refs\//, '').replace(/^(heads|tags)\//, '');
  const named = name.startsWith('refs/tags/')
    ? repository.tags.get(short)?.commit
    : (repository.branches.get(short) ?? repository.tags.get(short)?.commit);
  if (named !== undefined) return repository.commits.get(named);
  if (name === 'HEAD') return headOf(repository, repository.defaultBranch);
  const exact = repository.commits.get(name.toLowerCase());
  if (exact || !/^[0-9a-f]{7,39}$/i.test(name)) return exact;
  const found = [...repository.commits.values()].filter(({ sha }) => sha.startsWith(name.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}

/** The commit a branch points at. */
export function headOf(repository: Repository, branch: string): Commit | undefined {
  const head = repository.branches.get(branch);
  return head === undefined ? undefined : repository.commits.get(head);
}

/** The short name behind a dispatch's `ref`, which may be a branch or a tag but never a SHA. */
export function branchOrTag(repository: Repository, ref: string): { name: string; kind: 'branch' | 'tag' } | undefined {
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  if (!ref.startsWith('refs/tags/') && repository.branches.has(name)) return { name, kind: 'branch' };
  if (!ref.startsWith('refs/heads/') && repository.tags.has(name)) return { name, kind: 'tag' };
  return undefined;
}

/** The commit and all that came before it, newest first, as `git log` shows them. */
export function ancestry(repository: Repository, start: Commit): readonly Commit[] {
  return lineageOf(repository, start).commits;
}

interface Lineage {
  readonly commits: readonly Commit[];
  readonly names: ReadonlySet<string>;
}

/** Commits never change, so neither does what came before one. */
const lineages = new WeakMap<Commit, Lineage>();

function lineageOf(repository: Repository, start: Commit): Lineage {
  const known = lineages.get(start);
  if (known) return known;
  const names = new Set<string>([start.sha]);
  const found: Commit[] = [];
  const open = [start];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    for (const parent of next.parents) {
      const commit = names.has(parent) ? undefined : repository.commits.get(parent);
      if (commit) {
        names.add(parent);
        open.push(commit);
      }
    }
  }
  const lineage = { commits: found.sort((a, b) => b.at - a.at || b.order - a.order), names };
  lineages.set(start, lineage);
  return lineage;
}

/** How two commits relate, as `compare/{base}...{head}` says it. */
export interface Comparison {
  readonly status: 'ahead' | 'behind' | 'identical' | 'diverged';
  /** On head but not on base, oldest first. */
  readonly ahead: readonly Commit[];
  readonly behindBy: number;
  readonly mergeBase: Commit;
}

/** Compares two commits; `undefined` when they have no common history. */
export function compareCommits(repository: Repository, base: Commit, head: Commit): Comparison | undefined {
  const ofBase = lineageOf(repository, base);
  const ofHead = lineageOf(repository, head);
  const mergeBase = ofHead.commits.find(({ sha }) => ofBase.names.has(sha));
  if (!mergeBase) return undefined;
  const ahead = ofHead.commits.filter(({ sha }) => !ofBase.names.has(sha)).toReversed();
  const behindBy = ofBase.commits.filter(({ sha }) => !ofHead.names.has(sha)).length;
  const status = ahead.length > 0 ? (behindBy > 0 ? 'diverged' : 'ahead') : behindBy > 0 ? 'behind' : 'identical';
  return { status, ahead, behindBy, mergeBase };
}
