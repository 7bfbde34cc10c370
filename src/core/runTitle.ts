import type { WorkflowRun } from './workflowRun.ts';

const correlation = /\s*\[[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\]\s*$/i;

/** A run's title for people: without the id in brackets at its end by which tools find the run. A title that is nothing else stays. */
export function runTitle({ title }: Pick<WorkflowRun, 'title'>): string {
  return title.replace(correlation, '') || title;
}
