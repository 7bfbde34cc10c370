import type { DeployRequest } from '../core/deployRequest.ts';
import type { Instant } from '../core/instant.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';

/** What a run shows of the request that started it. */
export type SentRequest = Pick<DeployRequest, 'correlationId' | 'workflow' | 'ref' | 'actor'>;

/** What is known of a dispatch whose run GitHub did not name. */
export interface LostDispatch {
  readonly request: SentRequest;
  /** Server time at which it was sent or accepted. */
  readonly since: Instant;
  /** The workflow writes the correlation id into its run's title: then nothing less proves a run to be ours. */
  readonly titleCarriesId: boolean;
}

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
/** Servers write whole seconds, and the answer is a little later than the run. */
const slackMs = 2_000;
const longestDelayMs = 10 * 60_000;

/**
 * The run that a dispatch made: the one whose title carries its correlation id, else the only one of that workflow, actor and ref
 * that was started by hand since. Never a run that is somebody else's or that another request owns; `undefined` when not proven.
 */
export function findDispatched({ request, since, titleCarriesId }: LostDispatch, runs: Iterable<WorkflowRun>, taken: ReadonlySet<number>): WorkflowRun | undefined {
  const free = [...runs].filter((run) => !taken.has(run.id));
  const named = free.find((run) => run.title.includes(request.correlationId));
  if (named || titleCarriesId) return named;
  const fitting = free.filter((run) => couldBe(run, request, since) && !anyId.test(run.title));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** True for a run that the request may have started; proof only when it is alone. */
export function couldBe(run: WorkflowRun, request: SentRequest, since: Instant): boolean {
  return (
    run.event === 'workflow_dispatch' && run.attempt === 1 && run.branch === request.ref && isWorkflow(run.workflowPath, request.workflow) &&
    run.actor.toLowerCase() === request.actor.toLowerCase() && run.createdAt >= since - slackMs && run.createdAt <= since + longestDelayMs
  );
}

function isWorkflow(path: string, workflow: string): boolean {
  return path === workflow || path.endsWith(`/${workflow}`);
}
