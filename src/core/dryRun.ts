import type { DeployRequest } from './deployRequest.ts';
import type { WorkflowRun } from './workflowRun.ts';

/** The input of the pipeline's workflow that makes it change nothing. */
export const dryRunInput = 'dry_run';

/**
 * True when a run was asked for that changes nothing: it is no deploy, and nobody may be told that it was one. Of a run that somebody
 * else started, its title tells (the pipeline's `run-name`).
 */
export function isDryRun(request: Pick<DeployRequest, 'inputs'> | undefined, run?: Pick<WorkflowRun, 'event' | 'title'>): boolean {
  return request?.inputs[dryRunInput] === 'true' || (run?.event === 'workflow_dispatch' && run.title.startsWith('Dry run of '));
}
