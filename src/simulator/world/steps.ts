import { playStep } from './scripts.ts';
import { conditionHolds, stepScope } from './runScope.ts';
import type { Conclusion, Job, Step } from './model.ts';
import type { World } from './world.ts';

const DEFAULT_SECONDS = 2;

/** Runs a job's steps one after the other, each taking its time, and tells how the job ended. */
export function runSteps(world: World, job: Job, done: (conclusion: Conclusion) => void): void {
  const names = ['Set up job', ...job.definition.steps.map(({ name }) => name), 'Complete job'];
  job.steps.push(...names.map((name, index): Step => ({
    number: index + 1, name, status: 'queued', conclusion: null,
  })));
  runStep(world, job, 0, undefined, done);
}

/** Ends the running step and skips the rest: what a cancelled job leaves behind. */
export function abandonSteps(world: World, job: Job): void {
  for (const step of job.steps) {
    if (step.status === 'completed') continue;
    step.conclusion = step.status === 'in_progress' ? 'cancelled' : 'skipped';
    step.status = 'completed';
    step.startedAt ??= world.now;
    step.completedAt = world.now;
  }
}

function runStep(
  world: World, job: Job, index: number, failed: Conclusion | undefined, done: (conclusion: Conclusion) => void,
): void {
  const step = job.steps[index];
  if (!step) {
    done(failed ?? 'success');
    return;
  }
  const isFrame = step.name === 'Set up job' || step.name === 'Complete job';
  step.startedAt = world.now;
  const definition = isFrame ? undefined : job.definition.steps[index - 1];
  if (definition && !conditionHolds(definition.condition, () => stepScope(job), failed === undefined, false)) {
    step.status = 'completed';
    step.conclusion = 'skipped';
    step.completedAt = world.now;
    runStep(world, job, index + 1, failed, done);
    return;
  }
  step.status = 'in_progress';
  const seconds = world.stepSeconds[step.name] ?? DEFAULT_SECONDS;
  const durationMs = Math.max(200, world.chance.around(seconds * 1000) * world.pace.stretch);
  world.after(durationMs, () => {
    if (step.status === 'completed') return;
    const problem = definition && playStep(world, job, definition, step);
    step.status = 'completed';
    step.conclusion = problem ? 'failure' : 'success';
    step.completedAt = world.now;
    if (problem) step.problem = problem;
    job.attempt.updatedAt = world.now;
    runStep(world, job, index + 1, problem ? 'failure' : failed, done);
  });
}
