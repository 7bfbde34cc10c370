import type { CheckedJob, CheckedWorkflow } from '../checkedWorkflow.ts';

/**
 * A job's environment as a word or expression for other keys of the workflow; `undefined` where it reads what is not known there
 * (`needs`, `matrix`, `steps`, …).
 */
export function environmentText({ tree }: CheckedWorkflow, job: CheckedJob | undefined, contexts: readonly string[]): string | undefined {
  const words = tree.word(job?.environment)?.trim();
  if (words === undefined || words === '') return undefined;
  const inside = [...words.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].map(([, body]) => (body ?? '').replace(/'(?:[^']|'')*'/g, "''")).join(' ');
  const read = [...inside.matchAll(/(?<![\w.-])([A-Za-z_][\w-]*)\s*[.[]/g)].map(([, name]) => name ?? '');
  return read.every((name) => contexts.includes(name)) ? words : undefined;
}
