import { answerLine } from './deployScripts/scriptCall.ts';
import { playScript, scriptCall, scriptFailed } from './deployScripts/play.ts';
import type { Job, Step } from './model.ts';
import type { StepDefinition } from './workflowDefinition.ts';
import type { World } from './world.ts';

/** What a finished step has done: scripts of `.deploy/` act on the world. Why it fails, as lines for its log, or `undefined` when it succeeds. */
export function playStep(world: World, job: Job, definition: StepDefinition, step: Step): readonly string[] | undefined {
  const call = scriptCall(world, job, definition);
  const mishap = world.mishaps.find((one) =>
    one.times > 0 && one.step === step.name &&
    (one.environment === undefined || one.environment === targetOf(job)) &&
    (one.workflow === undefined || one.workflow === job.run.workflow.path) &&
    (one.branch === undefined || one.branch === job.run.branch));
  if (mishap) {
    mishap.times--;
    if (call) scriptFailed(call, 'The step failed');
    return mishap.log ?? [`##[error]Process completed with exit code 1.`];
  }
  if (!call) return undefined;
  const given = playScript(call);
  step.output = [answerLine(call.script, given)];
  if (definition.id !== undefined) {
    job.stepOutputs[definition.id] = { outcome: given.code === 0 ? 'success' : 'failure', outputs: { ...given.facts, outcome: given.outcome, message: given.message } };
  }
  return given.code === 0 ? undefined : [`##[error]${given.message}`, `##[error]Process completed with exit code ${given.code}.`];
}

/** What a finished step has written, ANSI colours included, as GitHub's logs have them; nothing for one that was skipped. */
export function stepLog(job: Job, { name: step, conclusion, problem, output }: Step): readonly string[] {
  if (conclusion === null || conclusion === 'skipped') return [];
  if (step === 'Complete job') return ['Cleaning up orphan processes'];
  if (step === 'Set up job') return [...setUp(job), ...(problem ?? [])];
  const run = job.definition.steps.find(({ name }) => name === step)?.run ?? step;
  const lines = [`##[group]Run ${run.replace(/^Run /, '')}`, `\u001B[36;1m${run}\u001B[0m`, 'shell: /usr/bin/bash -e {0}', '##[endgroup]', ...(output ?? [])];
  return problem ? [...lines, ...problem] : [...lines, `\u001B[32m✓\u001B[0m ${step}`];
}

function setUp(job: Job): readonly string[] {
  return [
    "Current runner version: '2.331.0'",
    '##[group]Runner Image',
    'Image: ubuntu-24.04',
    '##[endgroup]',
    `Complete job name: ${job.definition.name}`,
  ];
}

/** The environment a job's run deploys to, known before the deploying job itself exists. */
function targetOf(job: Job): string | undefined {
  const chosen = job.environment ?? job.run.inputs['environment'];
  if (chosen !== undefined && chosen !== '') return chosen;
  return job.run.definition.jobs.some(({ environment }) => environment !== undefined)
    ? (job.run.branch === 'main' ? 'production' : 'staging')
    : undefined;
}
