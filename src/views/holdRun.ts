import type { RepositoryState } from '../app/repositoryState.ts';
import type { TrackedRun } from '../core/trackedRun.ts';

/** True for a run of the workflow that holds deploys and lifts holds: it ships nothing, so nothing is said of it as of a deploy. */
export function isHoldRun(run: TrackedRun, { facts }: RepositoryState): boolean {
  return facts?.holdWorkflow !== undefined && 'seen' in run && run.seen.run?.workflowPath === facts.holdWorkflow.path;
}
