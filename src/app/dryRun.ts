import type { TrackedRun } from '../core/trackedRun.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';

/** A dry run as the checklist tells of it; number and page are missing until GitHub has named the run. */
export interface DryRun {
  readonly state: 'underway' | 'waiting' | 'succeeded' | 'failed';
  readonly id: number | undefined;
  readonly number: number | undefined;
  readonly url: string | undefined;
}

/** As the tracker follows it: newer than any list, which shows a run only some seconds after its start. */
export function trackedDryRun(tracked: readonly TrackedRun[], correlationId: string): DryRun | undefined {
  const found = tracked.find(({ key, request }) => key === correlationId || request?.correlationId === correlationId);
  if (!found) return undefined;
  const seen = 'seen' in found ? found.seen : undefined;
  return { state: stateOf(found), id: seen?.runId, number: seen?.run?.number, url: seen?.url };
}

/** As GitHub lists it, by the id in its title. */
export function listedDryRun(runs: readonly WorkflowRun[], correlationId: string): DryRun | undefined {
  const run = runs.find(({ title }) => title.includes(correlationId));
  if (!run) return undefined;
  const { id, number, url, status, conclusion } = run;
  if (status === 'completed') return { state: conclusion === 'success' ? 'succeeded' : 'failed', id, number, url };
  return { state: status === 'waiting' ? 'waiting' : 'underway', id, number, url };
}

function stateOf(run: TrackedRun): DryRun['state'] {
  switch (run.phase) {
    case 'completed':
      return run.conclusion === 'success' ? 'succeeded' : 'failed';
    case 'rejected':
    case 'notSeen':
    case 'lost':
      return 'failed';
    case 'waiting':
      return 'waiting';
    case 'dispatching':
    case 'accepted':
    case 'unconfirmed':
    case 'queued':
    case 'inProgress':
    case 'cancelling':
      return 'underway';
  }
}
