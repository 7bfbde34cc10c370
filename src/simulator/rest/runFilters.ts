import type { Run } from '../world/model.ts';
import { statusOf } from '../world/runStatus.ts';
import { latestAttempt } from '../world/runs.ts';
import { unprocessable, type RepositoryCall } from './call.ts';

const FILTERS = ['actor', 'branch', 'event', 'status', 'created', 'head_sha', 'check_suite_id'] as const;
const FILTERED_CAP = 1000;
const STATUSES = new Set([
  'completed', 'action_required', 'cancelled', 'failure', 'neutral', 'skipped', 'stale', 'success', 'timed_out',
  'in_progress', 'queued', 'requested', 'waiting', 'pending',
]);

/** The runs a list asks for, newest first; with any filter at most 1,000 can be paged through, though all are counted. */
export function filteredRuns(
  call: RepositoryCall, belongs: (run: Run) => boolean = () => true,
): { runs: readonly Run[]; total: number; excludePullRequests: boolean } {
  const { query, repository, world } = call;
  const value = (name: (typeof FILTERS)[number]): string | undefined => query.get(name) || undefined;
  const status = value('status');
  if (status !== undefined && !STATUSES.has(status)) throw unprocessable(`Invalid status: ${status}`);
  const created = readDates(value('created'));
  const runs = repository.runs.filter((run) => {
    if (!belongs(run) || run.listedAt > world.now) return false;
    const attempt = latestAttempt(run);
    return (
      matches(value('actor'), run.actor) && matches(value('branch'), run.branch) && matches(value('event'), run.event) &&
      matches(value('head_sha'), run.sha) && matches(value('check_suite_id'), String(run.checkSuiteId)) &&
      (status === undefined || status === statusOf(attempt) || status === attempt.conclusion) && created(run.createdAt)
    );
  }).toReversed();
  const isFiltered = FILTERS.some((name) => value(name) !== undefined);
  return {
    runs: isFiltered ? runs.slice(0, FILTERED_CAP) : runs,
    total: runs.length,
    excludePullRequests: query.get('exclude_pull_requests') === 'true',
  };
}

function matches(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted === actual;
}

/** Search syntax for dates: `>=2026-01-01`, `a..b`, `*..b`, or a day. */
function readDates(text: string | undefined): (instant: number) => boolean {
  if (text === undefined) return () => true;
  const [from, to] = text.split('..');
  if (to !== undefined) {
    const low = from === '*' || from === undefined ? Number.NEGATIVE_INFINITY : parseDate(from);
    const high = to === '*' ? Number.POSITIVE_INFINITY : endOf(to);
    return (instant) => instant >= low && instant <= high;
  }
  const match = /^(>=|<=|>|<)?(.+)$/.exec(text);
  const date = match?.[2] ?? text;
  switch (match?.[1] ?? '') {
    case '>=': return (instant) => instant >= parseDate(date);
    case '>': return (instant) => instant > endOf(date);
    case '<=': return (instant) => instant <= endOf(date);
    case '<': return (instant) => instant < parseDate(date);
    default: return (instant) => instant >= parseDate(date) && instant <= endOf(date);
  }
}

/** A date in search syntax; a plus sign of a time zone may have become a space on its way through the query. */
function parseDate(text: string): number {
  const instant = Date.parse(text.replace(/ (\d\d:?\d\d)$/, '+$1'));
  if (Number.isNaN(instant)) throw unprocessable(`Invalid date: ${text}`);
  return instant;
}

function endOf(text: string): number {
  return parseDate(text) + (/^\d{4}-\d\d-\d\d$/.test(text) ? 86_399_999 : 999);
}
