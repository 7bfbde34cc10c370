import { evaluate, type ExpressionScope } from './expressions.ts';
import type { Run, RunEvent } from './model.ts';

/** What expressions in the run's workflow can see. */
export function scopeOf(run: Pick<Run, 'event' | 'branch' | 'sha' | 'inputs' | 'actor' | 'number'>): ExpressionScope {
  return scope(run.event, run.branch, run.sha, run.inputs, run.actor, run.number);
}

/** The same, from its parts: for a run that does not exist yet. */
export function scope(
  event: RunEvent, branch: string, commit: string, inputs: Readonly<Record<string, string>>, actor: string, number: number,
): ExpressionScope {
  return {
    inputs,
    github: {
      event_name: event, ref_name: branch, sha: commit, actor, run_number: number, event: { inputs }, ref: `refs/heads/${branch}`,
    },
  };
}

/** Whether a job's `if` lets it run, given how the jobs it needs ended. */
export function conditionHolds(condition: string | undefined, run: Run, needsSucceeded: boolean, cancelled: boolean): boolean {
  if (condition === undefined) return needsSucceeded && !cancelled;
  const source = condition.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1');
  const checksStatus = /\b(always|success|failure|cancelled)\s*\(/.test(source);
  const value = evaluate(source, { ...scopeOf(run), success: needsSucceeded, failure: !needsSucceeded, cancelled });
  return Boolean(value) && (checksStatus || (needsSucceeded && !cancelled));
}
