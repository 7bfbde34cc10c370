import { closed, type Status } from './expression.ts';
import type { JobResult, Result, Run } from './run.ts';
import type { Job, Workflow } from './workflow.ts';

/** Jobs after those they need; throws on a job that nobody knows or that needs itself. */
export function inOrder({ file, jobs }: Workflow): readonly Job[] {
  const ordered: Job[] = [];
  while (ordered.length < jobs.length) {
    const next = jobs.find((job) => !ordered.includes(job) && job.needs.every((need) => ordered.some(({ id }) => id === need)));
    if (!next) throw new Error(`${file}: the jobs need each other in a circle, or one that does not exist.`);
    ordered.push(next);
  }
  return ordered;
}

/** A job succeeds only after all its ancestors: one that was skipped skips what comes after it (actions/runner#491). */
export function statusOf(workflow: Workflow, settled: ReadonlyMap<string, JobResult>, job: Job, cancelled: boolean): Status {
  const results = [...ancestorsOf(workflow, job)].map((id) => resultSeen(workflow, settled, id));
  return { success: !cancelled && results.every((result) => result === 'success'), failure: results.includes('failure'), cancelled };
}

/** A job of the context `needs`: its result, and every output that it declares. */
export function needed(workflow: Workflow, settled: ReadonlyMap<string, JobResult>, id: string): object {
  const declared = Object.keys(workflow.jobs.find((one) => one.id === id)?.outputs ?? {});
  const outputs = settled.get(id)?.outputs ?? {};
  return closed({ result: resultSeen(workflow, settled, id), outputs: closed(Object.fromEntries(declared.map((name) => [name, outputs[name] ?? '']))) });
}

/** What stays when the failed jobs of a run are run again: what did not fail and needs none of them. */
export function succeeded({ jobs, request }: Run): Map<string, JobResult> {
  const again = new Set([...jobs.values()].filter(({ result }) => result === 'failure' || result === 'cancelled').map(({ id }) => id));
  for (const job of inOrder(request.workflow)) if (job.needs.some((need) => again.has(need))) again.add(job.id);
  return new Map([...jobs].filter(([id]) => !again.has(id)));
}

/** All that a job needs, directly or not. */
function ancestorsOf({ jobs }: Workflow, job: Job): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (needs: readonly string[]): void => {
    for (const id of needs.filter((one) => !found.has(one))) {
      found.add(id);
      follow(jobs.find((one) => one.id === id)?.needs ?? []);
    }
  };
  follow(job.needs);
  return found;
}

function resultSeen(workflow: Workflow, settled: ReadonlyMap<string, JobResult>, id: string): Result {
  const result = settled.get(id)?.result ?? 'skipped';
  return result === 'failure' && workflow.jobs.find((one) => one.id === id)?.continueOnError ? 'success' : result;
}
