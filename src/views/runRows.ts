import type { RepositoryState } from '../app/repositoryState.ts';
import { shortSha } from '../core/commit.ts';
import { plainText } from '../core/plainText.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { runTitle } from '../core/runTitle.ts';
import { text } from '../core/text.ts';
import type { Job, RunConclusion, RunStatus, WorkflowRun } from '../core/workflowRun.ts';
import { duration } from './duration.ts';
import { jobRows } from './jobRows.ts';
import { bold, escaped } from './markdownEscape.ts';
import { moreRow } from './moreRow.ts';
import { canAct } from './permission.ts';
import { absoluteTime, relativeTime } from './relativeTime.ts';
import { contextValue, dotted, spoken, type Row } from './row.ts';
import { runFacts, type RunFacts } from './runFacts.ts';
import { runLook } from './runState.ts';
import type { Reader } from './reader.ts';
import { dispatchRows } from './dispatchRows.ts';

/** The view *Runs*: what we sent and GitHub does not list yet, then its runs newest first, then more of them on demand. */
export function runRows(state: RepositoryState, reader: Reader): readonly Row[] {
  const { runs } = state;
  if (!runs) return [];
  const facts = runFacts(state);
  const rows = [...dispatchRows(state, reader), ...[...unlisted(state), ...runs.runs].map((run) => runRow(run, state, facts, reader))];
  if (!runs.hasMore) return rows;
  const more = { kind: 'run', shown: runs.runs.length, total: runs.total, isLoading: runs.loadingMore, command: 'boussole.loadMoreRuns' } as const;
  return [...rows, moreRow(more, state, reader)];
}

/** Followed runs that the list does not hold yet, newest first. A filtered list may leave them out for good reason. */
function unlisted({ runs, tracked }: RepositoryState): readonly WorkflowRun[] {
  if (!runs || Object.values(runs.filter).some((value) => value !== undefined && value !== false)) return [];
  const listed = new Set(runs.runs.map(({ id }) => id));
  const oldest = runs.hasMore ? Math.min(...runs.runs.map(({ createdAt }) => createdAt)) : 0;
  return tracked
    .flatMap((followed) => ('seen' in followed && followed.seen.run ? followed.seen.run : []))
    .filter(({ id, createdAt }) => !listed.has(id) && createdAt >= oldest)
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** A run and its jobs as last seen, whichever of list and follower saw more. */
interface Seen {
  readonly run: WorkflowRun;
  readonly status: RunStatus;
  readonly conclusion: RunConclusion | undefined;
  readonly isCancelling: boolean;
  readonly canApprove: boolean;
  readonly completedAt: number;
  readonly jobs: readonly Job[] | undefined;
}

function lastSeen(listed: WorkflowRun, state: RepositoryState, facts: RunFacts): Seen {
  const tracked = facts.trackedOf(listed.id);
  const jobs = state.jobs.get(listed.id);
  const asListed = {
    run: listed,
    status: listed.status,
    conclusion: listed.conclusion,
    isCancelling: false,
    canApprove: false,
    completedAt: listed.updatedAt,
    jobs,
  };
  if (!tracked || tracked.seen.attempt < listed.attempt || tracked.phase === 'lost') return asListed;
  const isSameAttempt = tracked.seen.attempt === listed.attempt;
  if (isSameAttempt && listed.status === 'completed') return { ...asListed, jobs: jobs ?? tracked.seen.jobs };
  const run = tracked.seen.run ?? listed;
  const followed = { ...asListed, run, jobs: tracked.seen.jobs.length > 0 ? tracked.seen.jobs : jobs };
  switch (tracked.phase) {
    case 'completed':
      return { ...followed, status: 'completed', conclusion: tracked.conclusion, completedAt: tracked.completedAt };
    case 'queued':
      return { ...followed, status: run.status === 'pending' ? 'pending' : 'queued', conclusion: undefined };
    case 'cancelling':
      return { ...followed, status: 'inProgress', conclusion: undefined, isCancelling: true };
    case 'waiting':
    case 'inProgress':
      return { ...followed, status: tracked.phase, conclusion: undefined, canApprove: tracked.seen.pending.some((one) => one.canApprove) };
  }
}

function runRow(listed: WorkflowRun, state: RepositoryState, facts: RunFacts, reader: Reader): Row {
  const { say } = reader;
  const seen = lastSeen(listed, state, facts);
  const { run } = seen;
  const look = runLook(seen.status, seen.conclusion);
  const environment = facts.environmentOf(run);
  const key = `${repositoryKey(state.repository)}|run|${run.id}`;
  const label = plainText(runTitle(run), 120) || plainText(run.workflowName, 80);
  const word = seen.isCancelling ? say(text('being cancelled')) : say(look.word);
  const attempt = run.attempt > 1 ? say(text('attempt {attempt}', { attempt: run.attempt })) : undefined;
  const time = look.isLive
    ? duration(reader.now - run.startedAt, reader)
    : say(text('took {time}', { time: duration(seen.completedAt - run.startedAt, reader) }));
  const when = relativeTime(run.createdAt, reader);
  const who = plainText(run.actor, 40);
  // What a title says already is not said again: narrow rows have room for little.
  const place = [environment ?? run.workflowName, run.branch].map((name) => (name === undefined || mentions(label, name) ? undefined : plainText(name, 40)));
  const parts = look.isLive
    ? [...(seen.status === 'inProgress' && !seen.isCancelling ? [time, word] : [word, time]), attempt, who, ...place]
    : [look.isGood ? undefined : word, when, attempt, who, time, ...place];
  const acts = canAct(state);
  const isUnknown = seen.status === 'unknown';
  return {
    key,
    label,
    description: dotted(parts),
    icon: look.icon,
    tooltip: tooltipOf(seen, word, environment, reader),
    contextValue: contextValue('run', {
      cancellable: acts && look.isLive && !seen.isCancelling,
      approvable: seen.status === 'waiting',
      rerunnable: acts && !look.isLive && !isUnknown,
      rerunnableFailed: acts && !look.isLive && !isUnknown && !look.isGood && seen.conclusion !== 'skipped' && seen.conclusion !== 'startupFailure',
      hasLog: !look.isLive && !isUnknown && seen.conclusion !== 'skipped' && seen.conclusion !== 'startupFailure',
      openable: true,
      copyable: true,
    }),
    collapsible: 'collapsed',
    accessibilityLabel: spoken([label, word, ...parts.filter((part) => part !== word)]),
    argument: {
      repositoryKey: repositoryKey(state.repository),
      runId: run.id,
      sha: run.sha,
      url: run.url,
      ...(environment === undefined ? {} : { environment }),
      ...trackedKey(facts, run.id),
    },
    children: () => jobRows(seen.jobs, run, key, state, reader),
    ...(areJobsKnown(seen) ? {} : { needs: { kind: 'jobs', runId: run.id, attempt: run.attempt } as const }),
  };
}

/** True where a title holds a name as words of its own. */
function mentions(title: string, name: string): boolean {
  return ` ${title.toLowerCase()} `.includes(` ${plainText(name, 40).toLowerCase()} `);
}

/** False while the jobs held are none, unfinished ones of an ended run, or perhaps those of an earlier attempt. */
function areJobsKnown({ run, jobs, status }: Seen): boolean {
  if (!jobs || run.attempt > 1) return false;
  return status !== 'completed' || jobs.every((job) => job.status === 'completed');
}

function trackedKey(facts: RunFacts, runId: number): { trackedKey?: string } {
  const key = facts.trackedOf(runId)?.key;
  return key === undefined ? {} : { trackedKey: key };
}

function tooltipOf({ run, completedAt, status }: Seen, word: string, environment: string | undefined, reader: Reader): readonly string[] {
  const { say } = reader;
  return [
    bold(runTitle(run)),
    say(text('{workflow} #{number}: {state}', { workflow: escaped(run.workflowName, 80), number: run.number, state: escaped(word) })),
    ...(environment === undefined ? [] : [say(text('Environment {environment}', { environment: bold(environment, 80) }))]),
    `$(git-commit) ${[run.branch === undefined ? undefined : bold(run.branch, 80), `\`${shortSha(run.sha)}\``].filter((part) => part !== undefined).join(' ')}`,
    say(
      text('Started {time} by {who} ({event}), attempt {attempt}', {
        time: escaped(absoluteTime(run.startedAt, reader)),
        who: escaped(run.actor, 80),
        event: escaped(run.event, 40),
        attempt: run.attempt,
      }),
    ),
    ...(status === 'completed' ? [say(text('Ended {time}', { time: escaped(absoluteTime(completedAt, reader)) }))] : []),
  ];
}
