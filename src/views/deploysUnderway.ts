import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import type { DeployKind } from '../core/deployRequest.ts';
import { isDryRun } from '../core/dryRun.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { Instant } from '../core/instant.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { runTitle } from '../core/runTitle.ts';
import { runningStep } from '../core/runningStep.ts';
import type { SeenRun, TrackedRun } from '../core/trackedRun.ts';
import type { Job } from '../core/workflowRun.ts';
import { isHoldRun } from './holdRun.ts';
import { runPage } from './pages.ts';
import { runFacts, type RunFacts } from './runFacts.ts';

/** How far a deploy that has not ended is. */
export type Stage = 'sending' | 'looking' | 'queued' | 'pending' | 'waiting' | 'running' | 'cancelling';

/** A deploy on its way: ours from the moment it is sent, a teammate's from when GitHub shows it. */
export interface Underway {
  readonly stage: Stage;
  readonly kind: DeployKind;
  /** It changes nothing, and is told of only while it waits for somebody's approval. */
  readonly isDryRun: boolean;
  /** `undefined` when nothing tells where it goes. */
  readonly environment: string | undefined;
  readonly version: string | undefined;
  /** What to call it where the environment is unknown. Hostile text. */
  readonly title: string;
  readonly isMine: boolean;
  readonly actor: string;
  /** Moved forward by the time that a reviewer was waited for, which the expected time does not hold either. */
  readonly startedAt: Instant | undefined;
  readonly expectedMs: number | undefined;
  /** The step (or job) that runs now. Hostile text. */
  readonly step: string | undefined;
  readonly canApprove: boolean;
  readonly reviewers: readonly string[];
  readonly runId: number | undefined;
  readonly argument: RowArgument;
}

const hour = 3_600_000;
/** A job of GitHub ends after six hours; a review is waited for 30 days (GitHub's limits). An older record was forgotten. */
const longest = { running: 6 * hour, waiting: 30 * 24 * hour };

/** The deploys under way, ours first, then teammates'; the earliest first in each. */
export function deploysUnderway(state: RepositoryState, now: Instant, facts: RunFacts = runFacts(state)): readonly Underway[] {
  const followed = state.tracked.flatMap((run) => fromTracked(run, state, facts) ?? []);
  const known = new Set(state.tracked.flatMap((run) => ('seen' in run ? [run.seen.runId] : [])));
  const recorded = state.environments.flatMap((environment) =>
    environment.history.flatMap((shipped) => fromRecord(shipped, environment, state, now, known) ?? []),
  );
  const all = [...followed, ...recorded];
  return [...all.filter(({ isMine }) => isMine), ...all.filter(({ isMine }) => !isMine)];
}

function fromTracked(tracked: TrackedRun, state: RepositoryState, facts: RunFacts): Underway | undefined {
  const stage = isHoldRun(tracked, state) ? undefined : stageOf(tracked);
  const { request } = tracked;
  const seen = 'seen' in tracked ? tracked.seen : undefined;
  // A dry run ships nothing, but whoever can approve it must hear of it.
  const isDry = isDryRun(request, seen?.run);
  if (!stage || (stage !== 'waiting' && isDry)) return undefined;
  const environment = request?.environment ?? (seen && environmentOf(seen, facts));
  const actor = request?.actor ?? seen?.run?.actor ?? '';
  const pending = seen?.pending ?? [];
  return {
    stage,
    isDryRun: isDry,
    kind: request?.kind ?? (seen && recordOf(state, seen.runId)?.isRollback ? 'rollback' : 'deploy'),
    environment,
    version: request?.version.label ?? (seen?.run && environment !== undefined ? facts.versionOf(seen.run, environment) : undefined),
    title: seen?.run ? runTitle(seen.run) : (request?.workflow ?? ''),
    isMine: request !== undefined || (actor !== '' && actor === state.facts?.viewer),
    actor,
    startedAt: seen?.run ? seen.run.startedAt + idleMs(seen.jobs, seen.run.startedAt) : (request?.requestedAt ?? earliest(seen)),
    expectedMs: request?.expectedMs ?? stateOf(state, environment)?.expected?.medianMs,
    step: seen && runningStep(seen.jobs),
    canApprove: pending.some((one) => one.canApprove),
    reviewers: [...new Set(pending.flatMap((one) => one.reviewers))],
    runId: seen?.runId,
    argument: {
      repositoryKey: repositoryKey(state.repository),
      trackedKey: tracked.key,
      ...(environment === undefined ? {} : { environment }),
      ...(seen ? { runId: seen.runId, url: seen.url } : {}),
    },
  };
}

function stageOf(tracked: TrackedRun): Stage | undefined {
  switch (tracked.phase) {
    case 'dispatching':
      return 'sending';
    case 'accepted':
    case 'unconfirmed':
      return 'looking';
    case 'queued':
      return tracked.seen.run?.status === 'pending' ? 'pending' : 'queued';
    case 'waiting':
    case 'cancelling':
      return tracked.phase;
    case 'inProgress':
      return 'running';
    case 'completed':
    case 'rejected':
    case 'notSeen':
    case 'lost':
      return undefined;
  }
}

/** A deployment record that says it is under way and whose run nobody here follows. */
function fromRecord(
  shipped: ShippedVersion,
  { target, expected }: EnvironmentState,
  state: RepositoryState,
  now: Instant,
  followed: ReadonlySet<number>,
): Underway | undefined {
  if (shipped.state !== 'inProgress' && shipped.state !== 'waiting') return undefined;
  const stage = shipped.state === 'waiting' ? 'waiting' : 'running';
  if (now - shipped.createdAt > longest[stage] || (shipped.runId !== undefined && followed.has(shipped.runId))) return undefined;
  const run = state.runs?.runs.find(({ id }) => id === shipped.runId);
  if (run?.status === 'completed') return undefined;
  return {
    stage,
    isDryRun: false,
    kind: shipped.isRollback ? 'rollback' : 'deploy',
    environment: target.environment,
    version: shipped.label,
    title: run ? runTitle(run) : '',
    isMine: shipped.by === state.facts?.viewer,
    actor: shipped.by,
    startedAt: run?.startedAt ?? shipped.createdAt,
    expectedMs: expected?.medianMs,
    step: undefined,
    canApprove: false,
    reviewers: [],
    runId: shipped.runId,
    argument: {
      repositoryKey: repositoryKey(state.repository),
      environment: target.environment,
      deploymentId: shipped.deploymentId,
      ...(shipped.runId === undefined ? {} : { runId: shipped.runId, url: runPage(state.repository, shipped.runId) }),
    },
  };
}

/** The environment's state by name; GitHub ignores the case of it. */
export function stateOf(state: RepositoryState, environment: string | undefined): EnvironmentState | undefined {
  return environment === undefined ? undefined : state.environments.find(({ target }) => sameEnvironment(target.environment, environment));
}

function environmentOf(seen: SeenRun, facts: RunFacts): string | undefined {
  return (seen.run && facts.environmentOf(seen.run)) ?? seen.pending[0]?.environment;
}

function recordOf(state: RepositoryState, runId: number): ShippedVersion | undefined {
  return state.environments.flatMap(({ history }) => history).find((shipped) => shipped.runId === runId);
}

/** How long none of the jobs ran between two of them, as while a reviewer was waited for. Jobs of earlier attempts do not count. */
function idleMs(jobs: readonly Job[], since: Instant): number {
  const spans = jobs
    .flatMap(({ startedAt, completedAt }) => (startedAt === undefined || startedAt < since ? [] : [{ from: startedAt, to: completedAt ?? Infinity }]))
    .sort((a, b) => a.from - b.from);
  let idle = 0;
  let busyUntil = spans[0]?.from ?? 0;
  for (const { from, to } of spans) {
    idle += Math.max(0, from - busyUntil);
    busyUntil = Math.max(busyUntil, to);
  }
  return idle;
}

function earliest(seen: SeenRun | undefined): Instant | undefined {
  const starts = seen?.jobs.flatMap(({ startedAt }) => startedAt ?? []) ?? [];
  return starts.length > 0 ? Math.min(...starts) : undefined;
}
