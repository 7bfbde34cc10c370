import { text } from '../../core/text.ts';
import { spanOf } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { insertAfter, insertBefore } from './insert.ts';
import { sources } from './sources.ts';
import { readsInput, versionInputs } from './versionInputs.ts';

/** A rollback goes to a version that somebody named: a check-out of nothing, or of a branch, ships whatever is newest instead. */
export const checkRollbackVersion: Check = (workflow) => {
  const { tree, source, isRollback, inputEntries, inputs } = workflow;
  if (!isRollback) return [];
  const names = versionInputs(workflow);
  return inputEntries.filter(({ name }) => names.includes(name)).flatMap(({ name, key, value }) => {
    const input = inputs.find((one) => one.name === name);
    const fallback = tree.entry(value, 'default');
    const required = tree.entry(value, 'required');
    if (input?.type === 'choice') return [];
    const why = text('An empty ref checks out the branch, so that the rollback ships the newest code instead of an older version.');
    if (fallback?.value && /^(?:refs\/heads\/.+|main|master|develop|trunk|HEAD|latest)$/.test(tree.word(fallback.value) ?? '')) {
      const { from, to } = spanOf(fallback.value);
      return [findingAt(workflow, fallback.value, {
        code: 'rollback-version', severity: 'warning', why, source: sources.requiredInput,
        message: text('The rollback goes to a branch when no version is given.'),
        fixes: fix(text('Have no version by default'), fallback.isAlias ? undefined : [source.replace(from, to, "''")]),
      })];
    }
    if ((input?.default ?? '') !== '' || input?.required || !checksOut(workflow, name)) return [];
    const first = tree.entries(value)[0];
    const line = { lines: ['required: true'], flow: 'required: true' };
    const edits = required?.value
      ? required.isAlias ? undefined : [source.replace(spanOf(required.value).from, spanOf(required.value).to, 'true')]
      : value && first
        ? (tree.entry(value, 'type') ? insertAfter(source, tree.entry(value, 'type') ?? first, value, line) : insertBefore(source, first, value, line))
        : undefined;
    return [findingAt(workflow, key, {
      code: 'rollback-version', severity: 'warning', why, source: sources.requiredInput,
      message: text('The rollback can start without a version: input “{input}” is not required.', { input: name }),
      fixes: fix(text('Require a version'), edits),
    })];
  });
};

/** True when the input decides what is checked out, by the action or by git itself. */
function checksOut({ tree, jobs }: Parameters<Check>[0], name: string): boolean {
  const reads = readsInput(name);
  return jobs.some(({ steps, map }) =>
    steps.some(({ uses, node, run }) => {
      const isCheckout = (tree.word(uses) ?? '').startsWith('actions/checkout@');
      if (isCheckout && reads.test(tree.word(tree.value(node, 'with', 'ref')) ?? '')) return true;
      return /\bgit\s+(?:checkout|switch|reset|worktree)\b/.test(tree.word(run?.value) ?? '') && tree.scalars(map).some((scalar) => reads.test(String(scalar.value)));
    }),
  );
}
