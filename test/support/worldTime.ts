import type { Job, Run } from '../../src/simulator/world/model.ts';
import { cancelRun } from '../../src/simulator/world/control.ts';
import { latestAttempt } from '../../src/simulator/world/runs.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { eventually } from './eventually.ts';

const stepMs = 500;
const longestMs = 3_600_000;

/** Advances a simulated world in small steps until something is so; `what` names it where that does not come within an hour. */
export function advanceUntil({ simulator }: { readonly simulator: Simulator }, what: string, isSo: () => boolean): void {
  for (let passed = 0; !isSo(); passed += stepMs) {
    if (passed > longestMs) throw new Error(`It did not come to that: ${what}.`);
    simulator.advance(stepMs);
  }
}

/** The run that a dispatch from the window started; waits until GitHub has taken it. */
export function dispatchedRun({ simulator }: { readonly simulator: Simulator }, workflow: string): Promise<Run> {
  return eventually(() => {
    const isTaken = simulator.log.some(({ method, path, status }) => method === 'POST' && path.endsWith(`/workflows/${workflow}/dispatches`) && status < 300);
    const run = simulator.world.home.runs.findLast((one) => one.event === 'workflow_dispatch' && one.workflow.path.endsWith(`/${workflow}`));
    if (!isTaken || !run) throw new Error(`No dispatch of ${workflow} has arrived.`);
    return run;
  });
}

/** Whether a step of the run's latest attempt is being carried out. */
export function isAtStep(run: Run, name: string): boolean {
  return jobs(run).some(({ steps }) => steps.some((step) => step.name === name && step.status === 'in_progress'));
}

/** Whether the run waits for somebody to approve it. */
export function isWaiting(run: Run): boolean {
  return jobs(run).some(({ status }) => status === 'waiting');
}

/** How the run's latest attempt ended; `null` while it has not. */
export function conclusionOf(run: Run): string | null {
  return latestAttempt(run).conclusion;
}

function jobs(run: Run): readonly Job[] {
  return latestAttempt(run).jobs;
}

/** Cancels whatever runs and waits until that is so: nobody is deploying any more. */
export function callOffDeploys(simulator: Simulator): void {
  const running = simulator.world.home.runs.filter((run) => conclusionOf(run) === null);
  for (const run of running) cancelRun(simulator.world, run);
  advanceUntil({ simulator }, 'everything is called off', () => running.every((run) => conclusionOf(run) !== null));
}
