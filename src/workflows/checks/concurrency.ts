import { isMap, isScalar } from 'yaml';
import type { Finding, TextEdit } from '../../core/finding.ts';
import { text } from '../../core/text.ts';
import type { CheckedJob, CheckedWorkflow } from '../checkedWorkflow.ts';
import { isFlow, spanOf, type Entry } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { environmentText } from './environmentText.ts';
import { addKey, insertAfter, written, type NewKey } from './insert.ts';
import { sources } from './sources.ts';

const queueWhy = text('Without “queue: max” GitHub keeps one waiting run and cancels the others: an ordinary push can cancel a rollback that waits.');

/** Deploys to an environment go one at a time, in order, and none is cut off in the middle. */
export const checkConcurrency: Check = (workflow) => {
  const { tree, root } = workflow;
  const deploys = workflow.jobs.filter(({ isDeploy }) => isDeploy);
  if (deploys.length === 0 || workflow.isPreview) return [];
  const whole = tree.entry(root, 'concurrency');
  const own = deploys.map((job) => ({ job, entry: tree.entry(job.map, 'concurrency') }));
  const groups = [...(whole ? [whole] : []), ...own.flatMap(({ entry }) => (entry ? [entry] : []))];
  return [
    ...(whole ? [] : own.filter(({ entry }) => !entry).map(({ job }) => missing(workflow, job))),
    ...groups.filter(({ value }, index) => groups.findIndex((other) => other.value === value) === index).flatMap((entry) => faults(workflow, entry)),
  ];
};

function missing(workflow: CheckedWorkflow, job: CheckedJob): Finding {
  const { source, tree } = workflow;
  const environment = environmentText(workflow, job, ['github', 'inputs', 'vars', 'needs', 'strategy', 'matrix']);
  const group = `deploy-${environment ?? '${{ github.ref_name }}'}`;
  return findingAt(workflow, job.key, {
    code: 'concurrency',
    severity: 'warning',
    message: text('Job “{job}” deploys without a concurrency group.', { job: job.id }),
    why: text('Two deploys to one environment can then run at once and overwrite each other, and the older may end last. Rollbacks need the same group.'),
    source: sources.concurrency,
    fixes: fix(text('Let deploys to an environment wait for each other'), addKey(source, tree, job.map, ['environment', 'runs-on', 'needs', 'uses', 'name'], {
      lines: ['concurrency:', `  group: ${written(group, false)}`, '  cancel-in-progress: false', '  queue: max'],
      flow: `concurrency: { group: ${JSON.stringify(group)}, cancel-in-progress: false, queue: max }`,
    })),
  });
}

function faults(workflow: CheckedWorkflow, entry: Entry): readonly Finding[] {
  const { source, tree } = workflow;
  const map = entry.value;
  if (!isMap(map)) return shorthand(workflow, entry);
  const cancel = tree.entry(map, 'cancel-in-progress');
  const queue = tree.entry(map, 'queue');
  const hasQueue = tree.word(queue?.value) === 'max';
  const word = tree.word(cancel?.value)?.trim();
  if (cancel?.value && (word === 'true' || /^\$\{\{\s*true\s*\}\}$/.test(word ?? ''))) {
    const { from, to } = spanOf(cancel.value);
    const calm = [source.replace(from, to, 'false')];
    // The key goes where the old one's line ends, in an edit of its own that must not touch the first.
    const queued = hasQueue ? [] : queue?.value ? replaceWord(workflow, queue) : isFlow(map) ? undefined : insertAfter(source, cancel, map, queueKey);
    const edits = cancel.isAlias ? undefined : isFlow(map) && !hasQueue && !queue ? [source.replace(from, to, 'false, queue: max')] : queued && [...calm, ...queued];
    return [findingAt(workflow, cancel.value, {
      code: 'cancel-in-progress',
      severity: 'error',
      message: text('A newer run cancels a deploy in progress.'),
      why: text('A deploy that is stopped halfway leaves the server between two versions, and nobody learns which one is live.'),
      source: sources.concurrency,
      fixes: fix(text('Let the deploy in progress finish'), edits),
    })];
  }
  // `queue: max` is refused beside a cancel-in-progress that may be true.
  if (hasQueue || (word !== undefined && word !== 'false')) return [];
  const group = tree.entry(map, 'group') ?? tree.entries(map)[0];
  return [findingAt(workflow, queue?.value ?? group?.key ?? entry.key, {
    code: 'concurrency-queue',
    severity: 'warning',
    message: text('The concurrency group has no “queue: max”.'),
    why: queueWhy,
    source: sources.concurrency,
    fixes: fix(text('Keep every waiting deploy in the queue'), queue ? replaceWord(workflow, queue) : group && insertAfter(source, cancel ?? group, map, queueKey)),
  })];
}

const queueKey: NewKey = { lines: ['queue: max'], flow: 'queue: max' };

function replaceWord({ source }: CheckedWorkflow, { value, isAlias }: Entry): readonly TextEdit[] | undefined {
  if (!value || isAlias) return undefined;
  const { from, to } = spanOf(value);
  return [source.replace(from, to, 'max')];
}

/** `concurrency: name`. */
function shorthand(workflow: CheckedWorkflow, entry: Entry): readonly Finding[] {
  const { source, tree } = workflow;
  const { value } = entry;
  const group = tree.word(value);
  if (!value || group === undefined) return [];
  const { from, to } = spanOf(value);
  const margin = source.eol + ' '.repeat(source.column(spanOf(entry.key).from) + 2);
  const isBlock = isScalar(value) && (value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED');
  // In `{ concurrency: name }` the new lines would end the map.
  const isAlone = /^[\s-]*$/.test(source.text.slice(spanOf(entry.key).from - source.column(spanOf(entry.key).from), spanOf(entry.key).from)) && !/^[\t ]*[,}]/.test(source.text.slice(to));
  const edits = entry.isAlias || isBlock
    ? undefined
    : isAlone
      ? [source.replace(spanOf(entry.key).to, to, `:${margin}group: ${source.text.slice(from, to)}${margin}cancel-in-progress: false${margin}queue: max`)]
      : [source.replace(from, to, `{ group: ${JSON.stringify(group)}, cancel-in-progress: false, queue: max }`)];
  return [findingAt(workflow, value, {
    code: 'concurrency-queue',
    severity: 'warning',
    message: text('The concurrency group has no “queue: max”.'),
    why: queueWhy,
    source: sources.concurrency,
    fixes: fix(text('Keep every waiting deploy in the queue'), edits),
  })];
}
