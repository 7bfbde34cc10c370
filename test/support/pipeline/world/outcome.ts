import assert from 'node:assert/strict';
import type { Run } from '../workflow/run.ts';
import { logOf } from './picture.ts';

/** Requires that a run succeeded; says all that it said when it did not. */
export function requireSuccess(run: Run): void {
  assert.equal(run.conclusion, 'success', `${run.title}: ${run.conclusion}\n${logOf(run)}`);
}

/** Where a run stopped and why, as "job: outcome" with the exit code its outcome has; undefined when it did not. */
export function stopOf(run: Run): string | undefined {
  for (const job of run.jobs.values()) {
    if (job.result !== 'failure') continue;
    const step = job.steps.find(({ conclusion }) => conclusion === 'failure');
    const line = step?.stdout.split('\n').find((each) => each.startsWith('{'));
    if (line === undefined) return `${job.id}: ${step?.name}: ${step?.stderr.trim()}`;
    const { outcome, code } = JSON.parse(line) as { outcome: string; code: number };
    return `${job.id}: ${outcome} ${code}`;
  }
  return undefined;
}

/** What a job said to the person who reads it, the end of its answer. */
export function messageOf(run: Run, job: string): string {
  const line = run.jobs.get(job)?.steps.flatMap(({ stdout }) => stdout.split('\n')).findLast((each) => each.startsWith('{"script"'));
  return line === undefined ? '' : String((JSON.parse(line) as Record<string, unknown>)['message']);
}
