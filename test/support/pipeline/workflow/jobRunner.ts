import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runAction, type ActionCall } from './actions.ts';
import { closed, evaluate, evaluateAll, holds, type Contexts } from './expression.ts';
import type { JobResult, Moment, Result, StepResult, Watch } from './run.ts';
import { runShell, type RunningShell } from './shell.ts';
import type { Job, Step, Templates } from './workflow.ts';

/** What a job is run with. */
export interface JobWork {
  readonly job: Job;
  readonly name: string;
  /** `github`, `needs` and `inputs`. */
  readonly contexts: Contexts;
  readonly environment: string | undefined;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly workflowEnv: Templates;
  /** GITHUB_* and what else the runner's machine has in its environment, at the moment it is asked. */
  readonly machine: () => Readonly<Record<string, string>>;
  /** A new folder of the job's own. */
  readonly folder: string;
  readonly action: Omit<ActionCall, 'workspace'>;
  readonly watch: Watch;
  readonly isCancelled: () => boolean;
  readonly cancel: () => void;
  /** Told about every shell, so that a cancelled run can end it. */
  readonly started: (shell: RunningShell) => unknown;
}

/** Runs the steps of a job in order, as Actions does: after a failure only those whose `if` asks for it. */
export async function runJob(work: JobWork): Promise<JobResult> {
  const { job, contexts, secrets, variables } = work;
  const workspace = join(work.folder, 'work');
  const temporary = join(work.folder, 'temp');
  for (const folder of [workspace, temporary, join(work.folder, 'home')]) mkdirSync(folder, { recursive: true });
  const github = closed({ ...(contexts['github'] as object), job: job.id, workspace });
  const runner = closed({ os: 'Linux', arch: 'X64', name: 'test', temp: temporary, tool_cache: join(work.folder, 'tools'), debug: '', environment: 'github-hosted' });
  const basic = { ...contexts, github, vars: variables, secrets };
  const jobEnv = { ...evaluateAll(work.workflowEnv, basic) };
  Object.assign(jobEnv, evaluateAll(job.env, { ...basic, env: jobEnv }));
  const steps: Record<string, unknown> = {};
  const results: StepResult[] = [];
  let status: Result = 'success';
  let summary = '';

  const contextsNow = (env: Readonly<Record<string, string>> = jobEnv): Contexts => ({ ...basic, runner, env, job: closed({ status }), steps: closedSteps(job, steps) });
  for (const [index, step] of job.steps.entries()) {
    const name = evaluate(step.name, contextsNow());
    const here = { success: status === 'success' && !work.isCancelled(), failure: status === 'failure', cancelled: work.isCancelled() };
    const { secrets: _, ...withoutSecrets } = contextsNow();
    let result: StepResult = { name, outcome: 'skipped', conclusion: 'skipped', outputs: {}, stdout: '', stderr: '' };
    if (holds(step.condition, withoutSecrets, here)) {
      const moment: Moment = { job: job.id, step: name, cancel: work.cancel };
      await work.watch.beforeStep?.(moment);
      const done = await runStep(step, index + 1, moment);
      const outcome: Result = work.isCancelled() && !done.success ? 'cancelled' : done.success ? 'success' : 'failure';
      const conclusion = outcome === 'failure' && step.continueOnError ? 'success' : outcome;
      result = { name, outcome, conclusion, outputs: done.outputs, stdout: done.stdout, stderr: done.stderr };
      if (conclusion === 'failure' || conclusion === 'cancelled') status = conclusion;
      summary += done.summary;
      Object.assign(jobEnv, done.env);
    }
    if (step.id !== undefined) steps[step.id] = { outputs: result.outputs, outcome: result.outcome, conclusion: result.conclusion };
    results.push(result);
  }
  const outputs = evaluateAll(job.outputs, contextsNow());
  return {
    id: job.id, name: work.name, result: status, outputs, environment: work.environment,
    environmentUrl: evaluate(job.environment?.url ?? '', contextsNow()), steps: results, summary,
  };

  async function runStep(step: Step, number: number, moment: Moment): Promise<StepWork> {
    const env = { ...jobEnv, ...evaluateAll(step.env, contextsNow()) };
    const now = contextsNow(env);
    const nothing = { outputs: {}, env: {}, summary: '', stdout: '', stderr: '' };
    if (step.uses !== undefined) {
      try {
        await runAction(step.uses, evaluateAll(step.with, now), { ...work.action, workspace });
        return { ...nothing, success: true };
      } catch (error) {
        return { ...nothing, success: false, stderr: (error as Error).message };
      }
    }
    const machine = {
      ...work.machine(), HOME: join(work.folder, 'home'), GITHUB_WORKSPACE: workspace, GITHUB_JOB: job.id, RUNNER_TEMP: temporary, RUNNER_OS: 'Linux', RUNNER_ARCH: 'X64',
    };
    const folder = step.workingDirectory === undefined ? workspace : join(workspace, evaluate(step.workingDirectory, now));
    const shell = await runShell(evaluate(step.run ?? '', now), folder, { ...machine, ...env }, temporary, number, (started) => {
      work.started(started);
      work.watch.duringStep?.(moment, started);
    });
    requireNoSecret(secrets, moment, [shell.stdout, shell.stderr, shell.summary, ...Object.values(shell.outputs), ...Object.values(shell.env)].join('\n'));
    return { ...shell, success: shell.code === 0 };
  }
}

interface StepWork {
  readonly success: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Every step that has an id, those that have not run with nothing to say. */
function closedSteps(job: Job, steps: Readonly<Record<string, unknown>>): object {
  const unborn = job.steps.flatMap(({ id }) => (id === undefined ? [] : [[id, { outputs: {}, outcome: null, conclusion: null }] as const]));
  return closed({ ...Object.fromEntries(unborn), ...steps });
}

/** GitHub would mask it in the log; nothing should rely on that. */
function requireNoSecret(secrets: Readonly<Record<string, string>>, { job, step }: Moment, said: string): void {
  for (const [name, value] of Object.entries(secrets)) {
    const lines = value.split('\n').filter((line) => line.length >= 12);
    if (lines.some((line) => said.includes(line))) throw new Error(`The step "${step}" of ${job} says the secret ${name}.`);
  }
}
