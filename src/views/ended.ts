import type { RepositoryState } from '../app/repositoryState.ts';
import { isDryRun } from '../core/dryRun.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { Instant } from '../core/instant.ts';
import type { TrackedRun } from '../core/trackedRun.ts';
import { stateOf } from './deploysUnderway.ts';

/** How an own deploy ended, as far as it still deserves a place in the status bar. */
export interface EndedDeploy {
  readonly outcome: 'succeeded' | 'failed' | 'cancelled' | 'rejected' | 'notSeen' | 'lost';
  readonly tracked: TrackedRun;
  readonly environment: string;
  readonly version: string;
  readonly isRollback: boolean;
}

const minute = 60_000;
/** Good news is read at once; trouble stays until it is dealt with, at most an hour. */
const shown = { good: minute, bad: 60 * minute };

/** Own deploys that ended lately, the newest first; dry runs are none. Trouble is over once a later deploy to the environment succeeded. */
export function recentlyEnded(state: RepositoryState, now: Instant): readonly EndedDeploy[] {
  return state.tracked
    .flatMap((tracked) => {
      const { request } = tracked;
      const end = endOf(tracked);
      if (!request || !end || isDryRun(request)) return [];
      const longest = end.outcome === 'succeeded' || end.outcome === 'cancelled' ? shown.good : shown.bad;
      if (now - end.at > longest || isOvertaken(tracked, request.environment, end.at, state)) return [];
      const { outcome, at } = end;
      const deploy: EndedDeploy = {
        outcome,
        tracked,
        environment: request.environment,
        version: request.version.label,
        isRollback: request.kind === 'rollback',
      };
      return [{ deploy, at }];
    })
    .sort((a, b) => b.at - a.at)
    .map(({ deploy }) => deploy);
}

function endOf(tracked: TrackedRun): { readonly outcome: EndedDeploy['outcome']; readonly at: Instant } | undefined {
  switch (tracked.phase) {
    case 'completed':
      return {
        outcome: tracked.conclusion === 'success' ? 'succeeded' : tracked.conclusion === 'cancelled' ? 'cancelled' : 'failed',
        at: tracked.completedAt,
      };
    case 'rejected':
      return { outcome: 'rejected', at: tracked.request?.requestedAt ?? 0 };
    case 'notSeen':
      return { outcome: 'notSeen', at: tracked.since };
    case 'lost':
      return { outcome: 'lost', at: tracked.seen.run?.updatedAt ?? tracked.request?.requestedAt ?? 0 };
    case 'dispatching':
    case 'accepted':
    case 'unconfirmed':
    case 'queued':
    case 'waiting':
    case 'inProgress':
    case 'cancelling':
      return undefined;
  }
}

function isOvertaken(tracked: TrackedRun, environment: string, at: Instant, state: RepositoryState): boolean {
  const live = stateOf(state, environment)?.live;
  if (typeof live === 'object' && live.since !== undefined && live.since > at && !('seen' in tracked && live.runId === tracked.seen.runId)) return true;
  return state.tracked.some((other) => {
    const end = other === tracked || !other.request || isDryRun(other.request) || !sameEnvironment(other.request.environment, environment) ? undefined : endOf(other);
    return end?.outcome === 'succeeded' && end.at > at;
  });
}
