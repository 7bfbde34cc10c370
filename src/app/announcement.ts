import type { DeployRequest } from '../core/deployRequest.ts';
import type { Version } from '../core/deployTarget.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { Instant } from '../core/instant.ts';
import { fullName, repositoryUrl, type RepositoryId } from '../core/repositoryId.ts';
import { runningStep } from '../core/runningStep.ts';
import type { Announcement } from '../core/slack.ts';
import type { SeenRun, TrackedRun } from '../core/trackedRun.ts';
import type { RepositoryState } from './repositoryState.ts';

/** What the run itself does not tell. */
export interface AnnouncementFacts {
  /** What is live in the environment as far as we know. */
  readonly live: string | undefined;
  readonly cancelledBy: string | undefined;
  /** Whether to name the step that runs. */
  readonly withSteps: boolean;
  readonly isLate: boolean;
}

/** What Slack is told of a run, as data; `undefined` while GitHub has not shown the run, because then there is nothing to say yet. */
export function announce(run: TrackedRun, request: DeployRequest, facts: AnnouncementFacts): Announcement | undefined {
  const state = announcedState(run);
  if (state === undefined || !('seen' in run)) return undefined;
  const { seen } = run;
  const endedAt = run.phase === 'completed' ? run.completedAt : undefined;
  return {
    detail: 'full',
    state,
    kind: request.kind,
    repository: fullName(request.repository),
    environment: request.environment,
    version: request.version.label,
    versionUrl: versionUrl(request.repository, request.version),
    replaces: request.replaces?.label,
    actor: request.actor,
    reason: request.reason,
    runUrl: seen.url,
    compareUrl: compareUrl(request),
    step: stepOf(state, seen, facts.withSteps),
    waitingFor: state === 'waiting' ? [...new Set(seen.pending.flatMap(({ reviewers }) => reviewers))] : [],
    cancelledBy: state === 'cancelled' ? facts.cancelledBy : undefined,
    startedAt: seen.run?.startedAt ?? earliestStart(seen) ?? request.requestedAt,
    endedAt,
    isLate: endedAt !== undefined && facts.isLate,
    liveNow: state === 'success' ? request.version.label : (facts.live ?? request.replaces?.label),
  };
}

/** The one message of a deploy whose workflow tells Slack by itself: who asked and why, and who cancelled it. */
export function announceWhoAndWhy(announcement: Announcement): Announcement {
  const isCancelledHere = announcement.state === 'cancelled' && announcement.cancelledBy !== undefined;
  return { ...announcement, detail: 'whoAndWhy', state: isCancelledHere ? 'cancelled' : 'started', step: undefined, waitingFor: [], endedAt: undefined, isLate: false };
}

/** A message that proves that Slack is connected. */
export function announceTest(repository: RepositoryId, actor: string, now: Instant): Announcement {
  return {
    detail: 'full',
    state: 'test',
    kind: 'deploy',
    repository: fullName(repository),
    environment: '',
    version: '',
    versionUrl: undefined,
    replaces: undefined,
    actor,
    reason: '',
    runUrl: undefined,
    compareUrl: undefined,
    step: undefined,
    waitingFor: [],
    cancelledBy: undefined,
    startedAt: now,
    endedAt: undefined,
    isLate: false,
    liveNow: undefined,
  };
}

/** The label of what is live in an environment, when the store knows one. */
export function liveLabel(state: RepositoryState, environment: string): string | undefined {
  const live = state.environments.find(({ target }) => sameEnvironment(target.environment, environment))?.live;
  return typeof live === 'object' ? live.label : undefined;
}

function announcedState(run: TrackedRun): Announcement['state'] | undefined {
  switch (run.phase) {
    case 'dispatching':
    case 'accepted':
    case 'unconfirmed':
    case 'notSeen':
    case 'rejected':
      return undefined;
    case 'queued':
      return 'started';
    case 'waiting':
    case 'inProgress':
      return run.phase;
    case 'cancelling':
      return run.seen.jobs.length > 0 ? 'inProgress' : 'started';
    case 'lost':
      return 'unconfirmed';
    case 'completed':
      return run.conclusion === 'success' ? 'success' : run.conclusion === 'cancelled' ? 'cancelled' : 'failure';
  }
}

function stepOf(state: Announcement['state'], { jobs }: SeenRun, withSteps: boolean): string | undefined {
  if (state === 'failure') {
    const job = jobs.find(({ conclusion }) => conclusion === 'failure' || conclusion === 'timedOut');
    return job?.steps.find(({ conclusion }) => conclusion === 'failure' || conclusion === 'timedOut')?.name ?? job?.name;
  }
  return state === 'inProgress' && withSteps ? runningStep(jobs) : undefined;
}

function earliestStart({ jobs }: SeenRun): Instant | undefined {
  const starts = jobs.flatMap(({ startedAt }) => startedAt ?? []);
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

function versionUrl(repository: RepositoryId, { kind, label, ref, sha }: Version): string | undefined {
  const page = repositoryUrl(repository);
  switch (kind) {
    case 'release':
      return `${page}/releases/tag/${encodeURIComponent(label)}`;
    case 'tag':
    case 'branch':
      return `${page}/tree/${ref.split('/').map(encodeURIComponent).join('/')}`;
    case 'commit':
      return `${page}/commit/${sha}`;
  }
}

function compareUrl({ repository, replaces, version }: DeployRequest): string | undefined {
  if (replaces?.sha === undefined || replaces.sha === version.sha) return undefined;
  return `${repositoryUrl(repository)}/compare/${replaces.sha}...${version.sha}`;
}
