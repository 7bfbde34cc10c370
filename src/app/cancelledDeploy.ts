import type { DeployRequest } from '../core/deployRequest.ts';
import type { Instant } from '../core/instant.ts';
import { isRollbackRun } from '../core/runSubject.ts';
import type { TrackedRun } from '../core/trackedRun.ts';
import { rerunRequest } from './rerunRequest.ts';
import type { RepositoryState } from './repositoryState.ts';

/**
 * A deploy that somebody else started and that a person cancels here, as if it had been asked for here, so that it can be told
 * of. `undefined` when it is not known to deploy anywhere.
 */
export function cancelledDeploy(run: TrackedRun, state: RepositoryState, now: Instant): DeployRequest | undefined {
  if (!('seen' in run) || !run.seen.run) return undefined;
  const { run: observed, attempt, runId } = run.seen;
  const request = rerunRequest(observed, undefined, state, now, `cancelled:${runId}:${attempt}`);
  return request && { ...request, kind: isRollbackRun(observed, undefined) ? 'rollback' : 'deploy', actor: observed.actor };
}
