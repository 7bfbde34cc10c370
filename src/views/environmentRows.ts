import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { LiveVersion, ShippedVersion } from '../core/liveVersion.ts';
import { plainText } from '../core/plainText.ts';
import { tierOf } from '../core/promotionOrder.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { isSameVersion } from '../core/rollbackCandidates.ts';
import { text } from '../core/text.ts';
import { deploymentRows } from './deploymentRows.ts';
import { deploysUnderway, type Underway } from './deploysUnderway.ts';
import { environmentTooltip } from './environmentTooltip.ts';
import { failedSince } from './failedSince.ts';
import { environmentPage } from './pages.ts';
import { canAct } from './permission.ts';
import { relativeTime } from './relativeTime.ts';
import { isRollbackable } from './rollbackable.ts';
import { contextValue, dotted, spoken, type Row, type RowIcon } from './row.ts';
import { colors } from './runState.ts';
import type { Reader } from './reader.ts';
import { inMinutes, stageIcon, stageWords } from './stageWords.ts';
import { commitOf } from './versionWords.ts';

/** The view *Environments*: what is live in each, what is on its way there, and its history. */
export function environmentRows(state: RepositoryState, reader: Reader): readonly Row[] {
  const underway = deploysUnderway(state, reader.now);
  return state.environments.map((environment) => environmentRow(environment, underway, state, reader));
}

function environmentRow(environment: EnvironmentState, all: readonly Underway[], state: RepositoryState, reader: Reader): Row {
  const { target, live, history } = environment;
  const key = `${repositoryKey(state.repository)}|environment|${target.environment.toLowerCase()}`;
  const underway = all.filter((deploy) => deploy.environment !== undefined && sameEnvironment(deploy.environment, target.environment));
  const failed = underway.length > 0 ? undefined : failedSince(environment);
  const parts = partsOf(environment, underway, failed, reader);
  const label = plainText(target.environment, 80);
  const acts = canAct(state);
  const version = typeof live === 'object' ? live : undefined;
  return {
    key,
    label,
    description: dotted(parts),
    icon: iconOf(environment, underway[0], failed),
    tooltip: environmentTooltip(environment, underway, state, reader),
    contextValue: contextValue('environment', {
      deployable: acts && target.deploy !== undefined,
      promotable: acts && isPromotable(environment, state),
      rollbackable: acts && history.some((shipped) => isRollbackable(shipped, environment, state)),
      held: acts && environment.hold !== undefined,
      holdable: acts && environment.hold === undefined && state.facts?.holdWorkflow !== undefined,
      cancellable: acts && underway.some(({ runId }) => runId !== undefined),
      approvable: underway.some(({ stage, runId }) => stage === 'waiting' && runId !== undefined),
      openable: true,
      copyable: version?.sha !== undefined,
    }),
    collapsible: history.length > 0 ? 'collapsed' : 'none',
    accessibilityLabel: spoken([label, ...parts]),
    argument: {
      repositoryKey: repositoryKey(state.repository),
      environment: target.environment,
      ...(version?.sha === undefined ? {} : { sha: version.sha }),
      ...(underway[0]?.runId === undefined ? {} : { runId: underway[0].runId }),
      ...(underway[0]?.argument.trackedKey === undefined ? {} : { trackedKey: underway[0].argument.trackedKey }),
      url: environmentPage(state.repository, target.environment),
    },
    children: () => deploymentRows(environment, key, state, reader),
    ...historyNeed(environment),
  };
}

function historyNeed({ target, history }: EnvironmentState): Pick<Row, 'needs'> {
  const newest = history.find(({ isProvisional }) => isProvisional)?.deploymentId;
  return newest === undefined ? {} : { needs: { kind: 'history', environment: target.environment, newest } };
}

/** What is live comes first and never moves; then what holds deploys back, what is on its way or failed, else what waits, since when and by whom. */
function partsOf(environment: EnvironmentState, underway: readonly Underway[], failed: ShippedVersion | undefined, reader: Reader): readonly (string | undefined)[] {
  const { say } = reader;
  const standing = standingWords(environment, reader);
  const [first, ...others] = underway;
  if (first) {
    const coming = comingWords(first, reader);
    const path = typeof environment.live === 'object' ? `${standing} ${first.kind === 'rollback' ? '↩' : '→'} ${coming}` : coming;
    return [path, plainText(first.actor, 40), others.length > 0 ? say(text('{count} more', { count: others.length })) : undefined, heldWords(environment, reader)];
  }
  if (failed) {
    const values = { version: plainText(failed.label, 40), when: relativeTime(failed.createdAt, reader) };
    const news = failed.isRollback ? say(text('rollback to {version} failed {when}', values)) : say(text('{version} failed {when}', values));
    return [standing, heldWords(environment, reader), conflictWords(environment, reader), news, plainText(failed.by, 40)];
  }
  const { live, target } = environment;
  if (typeof live !== 'object') return [standing, heldWords(environment, reader), target.deploy ? undefined : say(text('no workflow deploys to it'))];
  return [
    standing,
    heldWords(environment, reader),
    conflictWords(environment, reader),
    waitingWords(environment, reader),
    live.isRollback ? say(text('rollback')) : undefined,
    live.since === undefined ? say(text('as the site says')) : relativeTime(live.since, reader),
    plainText(live.by, 40),
    commitOf(live),
  ];
}

function standingWords({ live }: EnvironmentState, { say }: Reader): string {
  if (live === 'nothing') return say(text('nothing deployed yet'));
  return live === 'unknown' ? say(text('live version unknown')) : plainText(live.label, 60);
}

function heldWords({ hold }: EnvironmentState, { say }: Reader): string | undefined {
  if (!hold) return undefined;
  return hold.told ? say(text('held by {who}', { who: plainText(hold.told.by, 40) })) : say(text('held'));
}

function conflictWords({ live }: EnvironmentState, { say }: Reader): string | undefined {
  return typeof live === 'object' && live.conflict === 'sources' ? say(text('sources disagree')) : undefined;
}

/** In a narrow row whole minutes do, and the arrow says that it is a rollback. */
function comingWords(deploy: Underway, reader: Reader): string {
  const version = plainText(deploy.version ?? deploy.title, 40);
  return stageWords({ ...deploy, kind: 'deploy' }, version, reader, inMinutes(deploy, reader));
}

function waitingWords({ waiting }: EnvironmentState, { say }: Reader): string | undefined {
  if (waiting.kind === 'unknown') return undefined;
  if (waiting.ahead === 0) return say(text('up to date'));
  return waiting.ahead === 1 ? say(text('+1 commit')) : say(text('+{count} commits', { count: waiting.ahead }));
}

function iconOf(environment: EnvironmentState, underway: Underway | undefined, failed: ShippedVersion | undefined): RowIcon {
  if (underway) return stageIcon(underway.stage);
  if (failed) return { codicon: 'error', color: colors.bad };
  const icon = standingIcon(environment);
  // A green padlock would read as "secure"; here somebody is kept from deploying. What is in doubt matters more.
  return environment.hold && calm.has(icon.codicon) ? { codicon: 'lock', color: colors.attention } : icon;
}

const calm = new Set(['pass-filled', 'circle-outline']);

function standingIcon({ live, target }: EnvironmentState): RowIcon {
  if (live === 'nothing') return { codicon: target.deploy ? 'circle-outline' : 'circle-slash', color: colors.quiet };
  if (live === 'unknown') return { codicon: 'question', color: colors.quiet };
  return liveIcon(live);
}

function liveIcon({ conflict }: LiveVersion): RowIcon {
  return conflict === 'sources' ? { codicon: 'warning', color: colors.attention } : { codicon: 'pass-filled', color: colors.good };
}

/** True on a staging environment, and on production, when what staging runs is not what production runs. */
function isPromotable(environment: EnvironmentState, state: RepositoryState): boolean {
  if (environment.target.isProduction) return state.environments.some((other) => isStaging(other) && canShipTo(other, environment));
  return isStaging(environment) && state.environments.some((other) => other.target.isProduction && canShipTo(environment, other));
}

function isStaging({ target }: EnvironmentState): boolean {
  return !target.isProduction && tierOf(target.environment) === 'staging';
}

function canShipTo(from: EnvironmentState, to: EnvironmentState): boolean {
  if (!to.target.deploy || typeof from.live !== 'object') return false;
  return typeof to.live !== 'object' || !isSameVersion(from.live, to.live);
}
