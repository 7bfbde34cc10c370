import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import { shortSha } from '../core/commit.ts';
import { plainText } from '../core/plainText.ts';
import type { Release } from '../core/release.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import { bold, escaped } from './markdownEscape.ts';
import { moreRow } from './moreRow.ts';
import { canAct } from './permission.ts';
import { absoluteTime, relativeTime } from './relativeTime.ts';
import { isRollbackable } from './rollbackable.ts';
import { contextValue, dotted, spoken, type Row, type RowIcon } from './row.ts';
import { colors } from './runState.ts';
import type { Reader } from './reader.ts';
import { unreleasedRows } from './unreleasedRows.ts';

/** The view *Releases*: what is not released yet, then releases in version order with where each is live, then more of them on demand. */
export function releaseRows(state: RepositoryState, reader: Reader): readonly Row[] {
  const { releases, moreReleases } = state;
  const rows = [...unreleasedRows(state, reader), ...releases.map((release) => releaseRow(release, state, reader))];
  if (!moreReleases) return rows;
  const more = { kind: 'release', shown: releases.length, ...moreReleases, command: 'boussole.loadMoreReleases' } as const;
  return [...rows, moreRow(more, state, reader)];
}

function releaseRow(release: Release, state: RepositoryState, reader: Reader): Row {
  const { say } = reader;
  const places = state.environments.filter((environment) => isLiveIn(release, environment)).map(({ target }) => target.environment);
  const label = plainText(release.tag, 80);
  const kind = release.isDraft ? say(text('draft')) : release.isPrerelease ? say(text('pre-release')) : undefined;
  const name = plainText(release.name, 80);
  const where = places.map((place) => plainText(place, 40)).join(', ');
  const parts = [kind, name === label ? undefined : name, relativeTime(release.publishedAt ?? release.createdAt, reader)];
  const acts = canAct(state);
  return {
    key: `${repositoryKey(state.repository)}|release|${release.id}`,
    label,
    description: dotted([where === '' ? undefined : `● ${where}`, ...parts]),
    icon: iconOf(release, places.length > 0),
    tooltip: tooltipOf(release, places, reader),
    contextValue: contextValue('release', {
      deployable: acts && !release.isDraft && release.sha !== undefined && state.environments.some(({ target }) => target.deploy !== undefined),
      rollbackable: acts && state.environments.some((environment) => wasLiveIn(release, environment, state)),
      openable: true,
      comparable: release.sha !== undefined && state.environments.some(({ live }) => typeof live === 'object' && live.sha !== release.sha),
      copyable: release.sha !== undefined,
    }),
    collapsible: 'none',
    accessibilityLabel: spoken([label, where === '' ? undefined : say(text('live in {environments}', { environments: where })), ...parts]),
    argument: {
      repositoryKey: repositoryKey(state.repository),
      releaseTag: release.tag,
      ...(release.sha === undefined ? {} : { sha: release.sha }),
      url: release.url,
    },
  };
}

function isLiveIn({ tag, sha, isDraft }: Release, { live }: EnvironmentState): boolean {
  if (typeof live !== 'object' || isDraft) return false;
  return live.sha !== undefined && sha !== undefined ? live.sha === sha : live.label === tag;
}

function wasLiveIn({ tag, sha }: Release, environment: EnvironmentState, state: RepositoryState): boolean {
  return environment.history.some(
    (shipped) => (shipped.label === tag || (sha !== undefined && shipped.sha === sha)) && isRollbackable(shipped, environment, state),
  );
}

function iconOf({ isDraft, isPrerelease }: Release, isLive: boolean): RowIcon {
  if (isDraft) return { codicon: 'edit', color: colors.quiet };
  const codicon = isPrerelease ? 'beaker' : 'tag';
  return isLive ? { codicon, color: colors.good } : { codicon };
}

function tooltipOf(release: Release, places: readonly string[], reader: Reader): readonly string[] {
  const { say } = reader;
  const at = release.publishedAt ?? release.createdAt;
  const values = { time: escaped(absoluteTime(at, reader)), who: escaped(release.author, 80) };
  return [
    `${bold(release.tag)}${release.name === '' || release.name === release.tag ? '' : ` — ${escaped(release.name, 120)}`}`,
    release.isDraft
      ? say(text('Draft of {time} by {who}: not published, so it cannot be deployed.', values))
      : release.isPrerelease
        ? say(text('Pre-release, published {time} by {who}', values))
        : say(text('Published {time} by {who}', values)),
    release.sha === undefined ? say(text('Its tag does not exist.')) : say(text('Commit {sha}', { sha: `\`${shortSha(release.sha)}\`` })),
    ...(places.length > 0 ? [say(text('Live in {environments}', { environments: places.map((place) => bold(place, 80)).join(', ') }))] : []),
  ];
}
