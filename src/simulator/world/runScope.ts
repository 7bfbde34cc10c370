import { evaluate, interpolate, type ExpressionScope } from './expressions.ts';
import type { Attempt, Job, Repository, Run, RunEvent } from './model.ts';
import type { InputDefinition, JobDefinition, StepDefinition } from './workflowDefinition.ts';

/** What expressions in the run's workflow can see. */
export function scopeOf(run: Run): ExpressionScope {
  const { event, branch, sha, inputs, actor, number, repository, definition } = run;
  return scope({ event, branch, commit: sha, inputs: typed(inputs, definition.inputs), actor, number, repository });
}

/** The same, from its parts: for a run that does not exist yet. */
export function scope(parts: {
  readonly event: RunEvent; readonly branch: string; readonly commit: string; readonly inputs: Readonly<Record<string, unknown>>;
  readonly actor: string; readonly number: number; readonly repository: Repository;
}): ExpressionScope {
  const { event, branch, commit, inputs, actor, number, repository } = parts;
  return {
    inputs,
    github: {
      event_name: event, ref_name: branch, sha: commit, actor, run_number: number, ref: `refs/heads/${branch}`,
      repository: `${repository.owner}/${repository.name}`, event: { inputs, repository: { default_branch: repository.defaultBranch } },
    },
  };
}

/** What a job's expressions can see besides: how the jobs it needs ended, what they put out, and the variables of its environment. */
export function jobScope(run: Run, attempt: Attempt, definition: JobDefinition, environment?: string): ExpressionScope {
  const needed = definition.needs.flatMap((key) => attempt.jobs.find((job) => job.definition.key === key) ?? []);
  const needs = Object.fromEntries(needed.map((job) => [job.definition.key, { result: resultOf(job), outputs: job.outputs }]));
  const own = run.repository.environments.find(({ name }) => name.toLowerCase() === environment?.toLowerCase());
  return { ...scopeOf(run), needs, vars: { ...run.repository.variables, ...own?.variables } };
}

/** What the expressions of a job's steps can see. */
export function stepScope(job: Job): ExpressionScope {
  return { ...jobScope(job.run, job.attempt, job.definition, job.environment), steps: job.stepOutputs };
}

/** How a job ended in the eyes of those that need it. */
export function resultOf({ definition, conclusion }: Job): string {
  return definition.continuesOnError && conclusion === 'failure' ? 'success' : (conclusion ?? '');
}

/** An environment variable of a step, as its command reads it; empty where there is none. */
export function environmentVariable(job: Job, step: StepDefinition, name: string): string {
  const text = step.env[name] ?? job.definition.env[name];
  return text === undefined ? '' : interpolate(text, stepScope(job));
}

/** Whether a job's or step's `if` lets it run, given whether all before it went well. */
export function conditionHolds(condition: string | undefined, seen: () => ExpressionScope, succeeded: boolean, cancelled: boolean): boolean {
  if (condition === undefined) return succeeded && !cancelled;
  const source = condition.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1');
  const checksStatus = /\b(always|success|failure|cancelled)\s*\(/.test(source);
  if (!checksStatus && (!succeeded || cancelled)) return false;
  return Boolean(evaluate(source, { ...seen(), success: succeeded, failure: !succeeded, cancelled }));
}

/** Inputs travel as text; expressions see truth values and numbers. */
export function typed(inputs: Readonly<Record<string, string>>, definitions: ReadonlyMap<string, InputDefinition>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, text]) => {
    const type = definitions.get(name)?.type;
    return [name, type === 'boolean' ? text === 'true' : type === 'number' ? Number(text) : text];
  }));
}
