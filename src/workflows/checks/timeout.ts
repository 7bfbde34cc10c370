import { text } from '../../core/text.ts';
import { findingAt, fix, type Check } from './check.ts';
import { addKey } from './insert.ts';
import { sources } from './sources.ts';

const minutes = 30;

/** Every job of a workflow that deploys ends by itself: GitHub's own limit is six hours, far too long for a deploy that holds the others up. */
export const checkTimeout: Check = (workflow) => {
  const { source, tree, root, jobs } = workflow;
  // A job that holds up nobody but its own run is less urgent.
  const holdsAll = tree.entry(root, 'concurrency') !== undefined;
  return jobs
    .filter(({ isCall, map }) => !isCall && !tree.entry(map, 'timeout-minutes'))
    .map((job) => findingAt(workflow, job.key, {
      code: 'timeout',
      severity: job.isDeploy || holdsAll ? 'warning' : 'information',
      message: text('Job “{job}” has no timeout-minutes.', { job: job.id }),
      why: text('A job that hangs runs for six hours before GitHub ends it, and the deploys behind it wait as long.'),
      source: sources.timeout,
      fixes: fix(
        text('End the job after {minutes} minutes', { minutes }),
        addKey(source, tree, job.map, ['runs-on', 'needs', 'name'], { lines: [`timeout-minutes: ${minutes}`], flow: `timeout-minutes: ${minutes}` }),
      ),
    }));
};
