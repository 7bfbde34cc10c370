import type { DeployError } from './deployError.ts';
import type { DeployRequest } from './deployRequest.ts';
import type { DispatchAnswer } from './gitHub.ts';
import type { PendingDeployment, Job, RunObservation, WorkflowRun } from './workflowRun.ts';

/** The last thing seen of a followed run: the whole run once REST gave it, its jobs, and whom it waits for. */
export interface SeenRun {
  readonly runId: number;
  readonly attempt: number;
  readonly url: string;
  /** Absent until REST gave the whole run. */
  readonly run: WorkflowRun | undefined;
  readonly jobs: readonly Job[];
  readonly pending: readonly PendingDeployment[];
}

/**
 * A run that we follow. Each phase carries exactly what is then known. `request` is there for our own dispatches and absent for
 * runs that others started.
 */
export type TrackedRun = { readonly key: string; readonly request: DeployRequest | undefined } & (
  | { readonly phase: 'dispatching' }
  | { readonly phase: 'accepted'; readonly since: number }
  | { readonly phase: 'unconfirmed'; readonly since: number; readonly reason: string }
  | { readonly phase: 'notSeen'; readonly since: number }
  | { readonly phase: 'rejected'; readonly error: DeployError }
  | { readonly phase: 'queued' | 'waiting' | 'inProgress' | 'cancelling'; readonly seen: SeenRun }
  | { readonly phase: 'completed'; readonly seen: SeenRun; readonly conclusion: NonNullable<WorkflowRun['conclusion']>; readonly completedAt: number }
  | { readonly phase: 'lost'; readonly seen: SeenRun; readonly reason: string }
);

export type RunSignal =
  | { readonly type: 'answered'; readonly answer: DispatchAnswer }
  | { readonly type: 'refused'; readonly error: DeployError }
  | { readonly type: 'observed'; readonly run: WorkflowRun }
  | { readonly type: 'looked'; readonly observation: RunObservation }
  | { readonly type: 'searchExhausted'; readonly at: number }
  | { readonly type: 'cancelRequested' }
  | { readonly type: 'cancelRefused' }
  | { readonly type: 'lostSight'; readonly reason: string };
