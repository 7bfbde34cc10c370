import type { RepositoryFacts, RepositoryState } from '../app/repositoryState.ts';
import { shortSha, type Commit } from '../core/commit.ts';
import { divergence } from '../core/commitGraph.ts';
import { plainText } from '../core/plainText.ts';
import type { GitRef, Release } from '../core/release.ts';
import { repositoryKey, repositoryUrl } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import { bold, escaped } from './markdownEscape.ts';
import { commitPage } from './pages.ts';
import { canAct } from './permission.ts';
import { absoluteTime, relativeTime } from './relativeTime.ts';
import { contextValue, dotted, spoken, type Row } from './row.ts';
import { colors } from './runState.ts';
import type { Reader } from './reader.ts';

/**
 * What no release holds yet, for each branch that deploys: its commits since its newest release. One row says so where nothing
 * is left; none where the known commits do not prove the count.
 */
export function unreleasedRows(state: RepositoryState, reader: Reader): readonly Row[] {
  const { facts, releases } = state;
  if (!facts) return [];
  const names = [...new Set([facts.defaultBranch, ...state.environments.map(({ target }) => target.branch)])];
  const known = names.flatMap((name) => {
    const branch = facts.branches.find((one) => one.name === name);
    const unreleased = branch && unreleasedCommits(facts, releases, branch.sha);
    return unreleased ? [{ branch, unreleased }] : [];
  });
  const open = known.filter(({ unreleased }) => unreleased.commits.length > 0);
  return (open.length > 0 ? open : known.slice(0, 1)).map(({ branch, unreleased }) => unreleasedRow(branch, unreleased, state, reader));
}

interface Unreleased {
  readonly since: Release;
  readonly commits: readonly Commit[];
}

function unreleasedRow(branch: GitRef, unreleased: Unreleased, state: RepositoryState, reader: Reader): Row {
  const { say } = reader;
  const { since, commits } = unreleased;
  const name = plainText(branch.name, 60);
  const label =
    commits.length === 0
      ? say(text('Everything is released'))
      : commits.length === 1
        ? say(text('Unreleased: 1 commit'))
        : say(text('Unreleased: {count} commits', { count: commits.length }));
  const values = { branch: name, version: plainText(since.tag, 60) };
  const description = since.sha === branch.sha ? say(text('{branch} is {version}', values)) : say(text('on {branch} since {version}', values));
  const key = `${repositoryKey(state.repository)}|unreleased|${branch.name}`;
  return {
    key,
    label,
    description,
    icon: { codicon: 'git-commit', ...(commits.length > 0 ? { color: colors.busy } : {}) },
    tooltip: [say(text('Commits of {branch} that are not in {version}, the newest release', { branch: bold(branch.name, 80), version: bold(since.tag, 80) }))],
    contextValue: contextValue('unreleased', {
      deployable: commits.length > 0 && isDeployable(state),
      openable: true,
      comparable: commits.length > 0,
      copyable: true,
    }),
    collapsible: commits.length > 0 ? 'collapsed' : 'none',
    accessibilityLabel: spoken([label, description]),
    argument: {
      repositoryKey: repositoryKey(state.repository),
      sha: branch.sha,
      url: `${repositoryUrl(state.repository)}/compare/${encodeURIComponent(since.tag)}...${encodeURIComponent(branch.name)}`,
    },
    children: () => commits.map((commit) => commitRow(commit, key, state, reader)),
  };
}

/** How many releases are tried: the newest may be on another branch. */
const tried = 8;

/**
 * Since the release that holds most of the branch, which need not be on it (releases are often merges on a branch of their own);
 * full releases before pre-releases, the newer where two hold as much. `undefined` when the known commits prove none.
 */
function unreleasedCommits(facts: RepositoryFacts, releases: readonly Release[], head: string): Unreleased | undefined {
  const published = releases.filter(({ isDraft }) => !isDraft).sort((a, b) => publishedAt(b) - publishedAt(a));
  for (const isPrerelease of [false, true]) {
    const candidates = published.filter((release) => release.isPrerelease === isPrerelease).slice(0, tried);
    const proven = candidates.flatMap((since) => {
      const difference = since.sha === undefined ? undefined : divergence(facts.commits, since.sha, head);
      return difference ? [{ since, commits: difference.commits }] : [];
    });
    const [first] = proven.sort((a, b) => a.commits.length - b.commits.length);
    if (first) return first;
  }
  return undefined;
}

function publishedAt({ publishedAt: at, createdAt }: Release): number {
  return at ?? createdAt;
}

function commitRow(commit: Commit, parentKey: string, state: RepositoryState, reader: Reader): Row {
  const label = plainText(commit.headline, 120);
  const parts = [shortSha(commit.sha), plainText(commit.author, 40), relativeTime(commit.committedAt, reader)];
  const { pullRequest } = commit;
  return {
    key: `${parentKey}|${commit.sha}`,
    label,
    description: dotted(parts),
    icon: { codicon: pullRequest ? 'git-merge' : 'git-commit' },
    tooltip: [
      bold(commit.headline),
      ...(pullRequest ? [`$(git-pull-request) \\#${pullRequest.number} ${escaped(pullRequest.title, 120)}`] : []),
      reader.say(
        text('Commit {sha} by {who}, {time}', {
          sha: `\`${shortSha(commit.sha)}\``,
          who: escaped(commit.author, 80),
          time: escaped(absoluteTime(commit.committedAt, reader)),
        }),
      ),
    ],
    contextValue: contextValue('commit', { deployable: isDeployable(state), openable: true, comparable: true, copyable: true }),
    collapsible: 'none',
    accessibilityLabel: spoken([label, ...parts]),
    argument: { repositoryKey: repositoryKey(state.repository), sha: commit.sha, url: commitPage(state.repository, commit.sha) },
  };
}

function isDeployable(state: RepositoryState): boolean {
  return canAct(state) && state.environments.some(({ target }) => target.deploy !== undefined);
}
