import { shortSha } from '../core/commit.ts';
import type { DeployTarget, Version } from '../core/deployTarget.ts';
import { lockSuffix } from '../core/hold.ts';
import { canBeToldVersion } from '../core/rollbackWay.ts';
import { isPrereleaseVersion } from '../core/semverOrder.ts';
import { text, type Text } from '../core/text.ts';
import type { VersionChoice } from './deployPlan.ts';
import type { RepositoryState } from './repositoryState.ts';

const mostCommits = 30;

/**
 * Versions to offer for a target, the likeliest first: for production the newest releases, elsewhere the head of its branch; then
 * the other kinds. Without a version input a workflow can only run on branches and tags, so commits are greyed out with the reason.
 */
export function versionChoices(state: RepositoryState, target: DeployTarget): readonly VersionChoice[] {
  const { facts } = state;
  if (!facts) return [];
  const takesVersion = target.deploy !== undefined && canBeToldVersion(target.deploy);
  const closed = target.deploy ? undefined : text(target.whyNot ?? 'No workflow deploys to {environment}.', { environment: target.environment });
  const branches = facts.branches.filter(({ name }) => !name.endsWith(`-${lockSuffix}`)).map((branch) => branchChoice(branch.name, branch.sha));
  const own = branches.filter(({ version }) => version.ref === target.branch);
  const otherBranches = branches.filter(({ version }) => version.ref !== target.branch);
  const releases = releaseChoices();
  const released = new Set(releases.map(({ version }) => version.ref));
  const tags = (facts.tags ?? []).filter((tag) => !released.has(tag.name)).map((tag) => choice({ label: tag.name, kind: 'tag', ref: tag.name, sha: tag.sha }));
  const heads = new Set(facts.branches.map((branch) => branch.sha));
  const commits = [...facts.commits.values()]
    .filter((commit) => !heads.has(commit.sha))
    .sort((a, b) => b.committedAt - a.committedAt)
    .slice(0, mostCommits)
    .map(({ sha, headline, committedAt }) =>
      choice({ label: shortSha(sha), kind: 'commit', ref: sha, sha }, { note: headline, at: committedAt, ...(takesVersion ? {} : { disabled: needsRef }) }),
    );
  const first = target.isProduction && takesVersion ? [...releases, ...own] : [...own, ...releases];
  const all = [...first, ...otherBranches, ...tags, ...commits];
  return [...all.filter((one) => !one.disabled), ...all.filter((one) => one.disabled)];

  function choice(version: Version, more: Partial<VersionChoice> = {}): VersionChoice {
    const liveIn = state.environments.flatMap(({ live, target: { environment } }) => (typeof live === 'object' && version.sha !== '' && live.sha === version.sha ? [environment] : []));
    return { version, liveIn, note: '', at: undefined, isPrerelease: isPrereleaseVersion(version.label), disabled: undefined, ...more, ...(closed ? { disabled: closed } : {}) };
  }

  function branchChoice(name: string, sha: string): VersionChoice {
    const commit = facts?.commits.get(sha);
    return choice({ label: name, kind: 'branch', ref: name, sha }, { note: commit?.headline ?? '', at: commit?.committedAt });
  }

  function releaseChoices(): readonly VersionChoice[] {
    return state.releases.map((release) => {
      const why = release.isDraft ? draft : release.sha === undefined ? deletedTag : undefined;
      return choice(
        { label: release.tag, kind: 'release', ref: release.tag, sha: release.sha ?? '' },
        {
          note: release.name === release.tag ? (facts?.commits.get(release.sha ?? '')?.headline ?? '') : release.name,
          at: release.publishedAt ?? release.createdAt,
          isPrerelease: release.isPrerelease || isPrereleaseVersion(release.tag),
          ...(why ? { disabled: why } : {}),
        },
      );
    });
  }
}

/** Why a workflow that takes no version ships no commit. */
export const needsRef: Text = text('This workflow takes no version, and GitHub starts workflows only on branches and tags.');
const draft: Text = text('A draft has no tag yet. Publish it first.');
const deletedTag: Text = text('The tag of this release does not exist any more.');
