import type { RunningShell } from './shell.ts';
import type { Workflow } from './workflow.ts';

/** How a job or step ended. */
export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

/** What became of a step. `outcome` is before `continue-on-error`, `conclusion` after it. */
export interface StepResult {
  readonly name: string;
  readonly outcome: Result;
  readonly conclusion: Result;
  readonly outputs: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
}

/** What became of a job. */
export interface JobResult {
  readonly id: string;
  readonly name: string;
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  readonly environment: string | undefined;
  readonly environmentUrl: string;
  readonly steps: readonly StepResult[];
  readonly summary: string;
}

/** What starts a run. */
export interface RunRequest {
  readonly event: 'push' | 'workflow_dispatch';
  readonly workflow: Workflow;
  readonly branch: string;
  readonly sha: string;
  readonly before?: string;
  readonly message: string;
  /** As a dispatch sends them. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly actor: string;
}

/** A finished attempt of a run. */
export interface Run {
  readonly id: number;
  readonly number: number;
  readonly attempt: number;
  readonly request: RunRequest;
  readonly title: string;
  readonly createdAt: number;
  readonly startedAt: number;
  readonly conclusion: Result;
  readonly jobs: ReadonlyMap<string, JobResult>;
  /** The artifacts, one folder each. */
  readonly artifacts: string;
}

/** Where a run is. */
export interface Moment {
  readonly job: string;
  /** The name of the step. */
  readonly step: string;
  /** Cancels the run as a person does: what runs is ended, what waits is not begun, `always()` still runs. */
  cancel(): void;
}

/** Lets a test act at an exact moment of a run. */
export interface Watch {
  /** Before a job asks for its concurrency group. */
  readonly beforeGroup?: (job: string) => Promise<void> | void;
  readonly beforeStep?: (moment: Moment) => Promise<void> | void;
  readonly duringStep?: (moment: Moment, shell: RunningShell) => void;
}

/** A run in a few lines, as its page would show it: its title, and every job with its steps. */
export function pictureOf(run: Run): string {
  const marks: Readonly<Record<Result, string>> = { success: '✓', failure: '✗', cancelled: '⊘', skipped: '–' };
  const lines = [...run.jobs.values()].map(({ name, result, steps }) => {
    const shown = steps.map((step) => `${step.name} ${marks[step.outcome]}`).join(', ');
    return `  ${marks[result]} ${name}${shown === '' ? '' : `: ${shown}`}`;
  });
  return [`${run.title}: ${run.conclusion}`, ...lines].join('\n');
}
