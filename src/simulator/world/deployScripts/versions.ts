import { compare, rcompare, valid } from 'semver';
import { ancestry, compareCommits } from '../history.ts';
import type { Commit, Repository } from '../model.ts';
import { answer, type ScriptAnswer, type ScriptCall } from './scriptCall.ts';

const FINAL = /^v\d+\.\d+\.\d+$/;

/** The highest final version that stands on a commit. */
export function finalTagOn(repository: Repository, commit: string): string | undefined {
  return [...repository.tags.values()].filter((tag) => tag.commit === commit && FINAL.test(tag.name)).map(({ name }) => name).sort(rcompare)[0];
}

/** The next version of a commit, from the newest final tag before it and the Conventional Commits since; no number is used twice. */
export function nextVersion(repository: Repository, commit: Commit): string {
  const before = new Set(ancestry(repository, commit).map(({ sha }) => sha));
  const base = [...repository.tags.values()].filter((tag) => FINAL.test(tag.name) && before.has(tag.commit)).sort((a, b) => compare(b.name, a.name))[0];
  let [major, minor, patch] = [1, 0, 0];
  const from = base && repository.commits.get(base.commit);
  if (base && from) {
    [major = 0, minor = 0, patch = 0] = (valid(base.name) ?? '').split('.').map(Number);
    switch (bumpOf(compareCommits(repository, from, commit)?.ahead ?? [])) {
      case 'major': [major, minor, patch] = [major + 1, 0, 0]; break;
      case 'minor': [minor, patch] = [minor + 1, 0]; break;
      case 'patch': patch++;
    }
  }
  while (repository.tags.has(`v${major}.${minor}.${patch}`)) patch++;
  return `v${major}.${minor}.${patch}`;
}

/** `.deploy/version`: makes the tag of a commit. */
export function reserveVersion(call: ScriptCall): ScriptAnswer {
  const { repository } = call;
  const commit = repository.commits.get(call.env('SHA'));
  if (!commit) return answer('usage', 'SHA is no commit.');
  const known = finalTagOn(repository, commit.sha);
  if (known !== undefined) return answer('reused', `${known} is ${commit.sha.slice(0, 7)} already.`, { version: known });
  const version = nextVersion(repository, commit);
  repository.tags.set(version, { name: version, commit: commit.sha });
  return answer('reserved', `${version} is ${commit.sha.slice(0, 7)}.`, { version });
}

/** Source: conventionalcommits.org 1.0.0; a deploy without any type needs a version too, so patch is the least. */
function bumpOf(commits: readonly Commit[]): 'major' | 'minor' | 'patch' {
  if (commits.some(({ message }) => /^[a-z]+(\([^()]*\))?!: /i.test(message) || /\nBREAKING[ -]CHANGE: /.test(message))) return 'major';
  return commits.some(({ message }) => /^feat(\([^()]*\))?: /i.test(message)) ? 'minor' : 'patch';
}
