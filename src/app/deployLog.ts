import type { Disposable } from '../core/clock.ts';
import type { DeployEvent } from '../core/deployEvent.ts';
import type { Log } from '../core/log.ts';
import type { DeployStore } from './deployStore.ts';

/** Notes what a person asked for and what came of it: one line a moment, without inputs and reasons. */
export function logDeploys(store: DeployStore, log: Log): Disposable {
  return store.onDidChange(({ events }) => {
    for (const event of events) {
      const outcome = outcomeOf(event);
      const { request } = event.run;
      if (request && outcome !== undefined) log.info(`${request.kind} of ${request.version.label} to ${request.environment}: ${outcome}`);
    }
  });
}

function outcomeOf({ type, run }: DeployEvent): string | undefined {
  switch (type) {
    case 'dispatched':
      return 'being sent';
    case 'found':
    case 'started':
      return 'seen' in run ? `${type === 'found' ? 'queued as' : 'in progress in'} run ${run.seen.runId}` : undefined;
    case 'waiting':
      return 'waiting for approval';
    case 'rejected':
      return run.phase === 'rejected' ? `refused, ${run.error.kind}${run.error.detail === undefined ? '' : ` (${run.error.detail})`}` : undefined;
    case 'unconfirmed':
      return run.phase === 'unconfirmed' ? `unconfirmed (${run.reason}), its run is looked for` : undefined;
    case 'notSeen':
      return 'no run appeared';
    case 'lost':
      return 'its run is out of sight';
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return type;
    case 'rerun':
      return 'running again';
    case 'progressed':
      return undefined;
  }
}
