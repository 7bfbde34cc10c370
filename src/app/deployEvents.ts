import type { DeployEvent } from '../core/deployEvent.ts';
import type { TrackedRun } from '../core/trackedRun.ts';

/** The events that lead from one list of followed runs to the next, in the order of the list. */
export function deployEvents(before: readonly TrackedRun[], after: readonly TrackedRun[]): readonly DeployEvent[] {
  if (before === after) return [];
  const earlier = new Map(before.map((run) => [run.key, run]));
  return after.flatMap((run) => {
    const old = earlier.get(run.key);
    const type = old === run ? undefined : eventType(old, run);
    return type ? [{ type, run }] : [];
  });
}

function eventType(before: TrackedRun | undefined, after: TrackedRun): DeployEvent['type'] | undefined {
  if (before && 'seen' in before && 'seen' in after && after.seen.attempt > before.seen.attempt && before.phase === 'completed') return 'rerun';
  if (before?.phase === after.phase) return after.phase === 'inProgress' || after.phase === 'waiting' ? 'progressed' : undefined;
  switch (after.phase) {
    case 'dispatching':
      return 'dispatched';
    case 'accepted':
      return undefined;
    case 'unconfirmed':
    case 'notSeen':
    case 'rejected':
    case 'lost':
    case 'waiting':
      return after.phase;
    case 'queued':
      return 'found';
    case 'inProgress':
      return 'started';
    case 'cancelling':
      return undefined;
    case 'completed':
      return after.conclusion === 'success' ? 'succeeded' : after.conclusion === 'cancelled' ? 'cancelled' : 'failed';
  }
}
