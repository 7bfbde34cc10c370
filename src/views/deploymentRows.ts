import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import { plainText } from '../core/plainText.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { isSameVersion } from '../core/rollbackCandidates.ts';
import { text } from '../core/text.ts';
import { evidenceLines } from './evidenceTooltip.ts';
import { bold, escaped } from './markdownEscape.ts';
import { environmentPage, runPage } from './pages.ts';
import { canAct } from './permission.ts';
import { absoluteTime, relativeTime } from './relativeTime.ts';
import { wasLive, whyNoWayBack } from './rollbackable.ts';
import { contextValue, dotted, spoken, type Row, type RowIcon } from './row.ts';
import { colors } from './runState.ts';
import type { Reader } from './reader.ts';
import { commitOf, versionWithCommit } from './versionWords.ts';

/** An environment's deployments, newest first, and a row for older ones while there are any. */
export function deploymentRows(environment: EnvironmentState, parentKey: string, state: RepositoryState, reader: Reader): readonly Row[] {
  const rows = environment.history.map((shipped) => deploymentRow(shipped, environment, parentKey, state, reader));
  return environment.historyComplete || rows.length === 0 ? rows : [...rows, moreRow(environment, parentKey, state, reader)];
}

function deploymentRow(shipped: ShippedVersion, environment: EnvironmentState, parentKey: string, state: RepositoryState, reader: Reader): Row {
  const { say } = reader;
  const label = plainText(shipped.label, 60);
  const when = relativeTime(shipped.succeededAt ?? shipped.createdAt, reader);
  const parts = [
    stateWord(shipped, reader),
    shipped.isRollback ? say(text('rollback')) : undefined,
    shipped.conflict === 'sources' ? say(text('sources disagree')) : undefined,
    when,
    plainText(shipped.by, 40),
    commitOf(shipped),
  ];
  const live = typeof environment.live === 'object' ? environment.live : undefined;
  const isUnderway = shipped.state === 'inProgress' || shipped.state === 'waiting';
  const isEarlier = wasLive(shipped, environment);
  const noWayBack = isEarlier ? whyNoWayBack(shipped, environment, state) : undefined;
  const hasRun = shipped.runId !== undefined;
  const acts = canAct(state);
  const url = hasRun ? runPage(state.repository, shipped.runId) : environmentPage(state.repository, environment.target.environment);
  return {
    key: `${parentKey}|${shipped.deploymentId}`,
    label,
    description: dotted(parts),
    icon: iconOf(shipped),
    tooltip: [...tooltipOf(shipped, environment, reader), ...(noWayBack ? [`$(circle-slash) ${escaped(say(noWayBack))}`] : [])],
    contextValue: contextValue('deployment', {
      rollbackable: acts && isEarlier,
      rollbackBlocked: acts && noWayBack !== undefined,
      cancellable: acts && hasRun && isUnderway,
      approvable: hasRun && shipped.state === 'waiting',
      rerunnable: acts && hasRun && !isUnderway,
      rerunnableFailed: acts && hasRun && (shipped.state === 'failed' || shipped.state === 'cancelled'),
      hasLog: hasRun && !isUnderway,
      openable: true,
      comparable: shipped.sha !== undefined && live?.sha !== undefined && !isSameVersion(shipped, live),
      copyable: shipped.sha !== undefined,
    }),
    collapsible: 'none',
    accessibilityLabel: spoken([label, ...parts]),
    argument: {
      repositoryKey: repositoryKey(state.repository),
      environment: environment.target.environment,
      deploymentId: shipped.deploymentId,
      ...(shipped.sha === undefined ? {} : { sha: shipped.sha }),
      ...(hasRun ? { runId: shipped.runId } : {}),
      url,
    },
  };
}

function stateWord({ state }: ShippedVersion, { say }: Reader): string | undefined {
  switch (state) {
    case 'live':
      return say(text('live'));
    case 'superseded':
      return undefined;
    case 'failed':
      return say(text('failed'));
    case 'cancelled':
      return say(text('cancelled'));
    case 'inProgress':
      return say(text('in progress'));
    case 'waiting':
      return say(text('waiting for approval'));
    case 'unknown':
      return say(text('unknown state'));
  }
}

function iconOf({ state, isRollback, conflict }: ShippedVersion): RowIcon {
  switch (state) {
    case 'live':
      return conflict === 'sources' ? { codicon: 'warning', color: colors.attention } : { codicon: 'pass-filled', color: colors.good };
    case 'superseded':
      return { codicon: isRollback ? 'discard' : 'pass' };
    case 'failed':
      return { codicon: 'error', color: colors.bad };
    case 'cancelled':
      return { codicon: 'circle-slash', color: colors.quiet };
    case 'inProgress':
      return { codicon: 'sync~spin', color: colors.busy };
    case 'waiting':
      return { codicon: 'bell-dot', color: colors.attention };
    case 'unknown':
      return { codicon: 'question', color: colors.quiet };
  }
}

function tooltipOf(shipped: ShippedVersion, { target }: EnvironmentState, reader: Reader): readonly string[] {
  const { say } = reader;
  const values = { environment: bold(target.environment, 80), version: bold(versionWithCommit(shipped)) };
  return [
    shipped.isRollback ? say(text('Rollback of {environment} to {version}', values)) : say(text('Deployment of {version} to {environment}', values)),
    say(text('Created {time} by {who}', { time: escaped(absoluteTime(shipped.createdAt, reader)), who: escaped(shipped.by, 80) })),
    ...(shipped.succeededAt === undefined ? [] : [say(text('Live from {time}', { time: escaped(absoluteTime(shipped.succeededAt, reader)) }))]),
    ...evidenceLines(shipped, reader),
  ];
}

function moreRow({ target }: EnvironmentState, parentKey: string, state: RepositoryState, { say }: Reader): Row {
  const label = say(text('Load More…'));
  return {
    key: `${parentKey}|more`,
    label,
    description: '',
    icon: { codicon: 'ellipsis' },
    tooltip: [say(text('Older deployments to {environment}', { environment: bold(target.environment, 80) }))],
    contextValue: 'more',
    collapsible: 'none',
    command: 'boussole.loadMoreHistory',
    accessibilityLabel: say(text('Load more deployments to {environment}', { environment: plainText(target.environment, 80) })),
    argument: { repositoryKey: repositoryKey(state.repository), environment: target.environment },
  };
}
