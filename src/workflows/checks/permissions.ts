import { isMap, isScalar } from 'yaml';
import type { TextEdit } from '../../core/finding.ts';
import { text } from '../../core/text.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf, type Entry } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { addKey } from './insert.ts';
import { sources } from './sources.ts';

/** The workflow's token can read at most; a job that must write says so itself. */
export const checkPermissions: Check = (workflow) => {
  const { tree, root, jobs, source } = workflow;
  const permissions = tree.entry(root, 'permissions');
  const why = text('Every job, every action and every test of the workflow gets what stands at the top. A job that tests code of others should not be able to write.');
  if (!permissions) {
    const bare = jobs.filter(({ map }) => !tree.entry(map, 'permissions'));
    const [first] = tree.entries(root);
    if (bare.length === 0 || !first) return [];
    return [findingAt(workflow, tree.entry(root, 'jobs')?.key ?? first.key, {
      code: 'permissions', severity: 'warning', source: sources.permissions,
      message: text('The workflow does not say what its token may do.'),
      why: text('It then gets the repository’s default, which may be to write everything. Say the least at the top, and more in the job that needs it.'),
      fixes: fix(text('Let the token only read'), beforeJobs(workflow)),
    })];
  }
  const word = tree.word(permissions.value);
  if (word === 'write-all' && permissions.value && !permissions.isAlias) {
    const { from, to } = spanOf(permissions.value);
    return [findingAt(workflow, permissions.value, {
      code: 'permissions', severity: 'warning', why, source: sources.permissions,
      message: text('Every job of the workflow may write everything.'),
      fixes: fix(text('Let the token only read'), [source.replace(from, to, '{ contents: read }')]),
    })];
  }
  const written = tree.entries(permissions.value).filter(({ value }) => tree.word(value) === 'write');
  if (written.length === 0 || jobs.length < 2) return [];
  return [findingAt(workflow, written[0]?.value ?? permissions.key, {
    code: 'permissions', severity: 'warning', why, source: sources.permissions,
    message: text('Every job of the workflow may write {what}.', { what: written.map(({ name }) => name).join(', ') }),
    fixes: fix(text('Say it in the jobs instead'), intoJobs(workflow, permissions)),
  })];
};

function beforeJobs({ source, tree, root }: CheckedWorkflow): readonly TextEdit[] | undefined {
  const jobs = tree.entry(root, 'jobs');
  if (!jobs || source.column(spanOf(jobs.key).from) !== 0) return undefined;
  // Before the comments that belong to the jobs.
  let { line } = source.position(spanOf(jobs.key).from);
  const lines = source.text.split(/\r\n|\n|\r/);
  while (line > 0 && (lines[line - 1] ?? '').startsWith('#')) line--;
  return [source.insert(source.offset({ line, character: 0 }), `permissions:${source.eol}  contents: read${source.eol}${source.eol}`)];
}

/** Gives each job what it had from the top, so that nothing changes but who can see it, and the top nothing. */
function intoJobs({ source, tree, jobs }: CheckedWorkflow, permissions: Entry): readonly TextEdit[] | undefined {
  const { value } = permissions;
  if (!isMap(value) || permissions.isAlias || value.anchor !== undefined) return undefined;
  const entries = tree.entries(value).map((entry) => ({ name: entry.name, word: tree.word(entry.value) }));
  if (entries.some(({ word }) => word === undefined)) return undefined;
  const { from } = spanOf(value);
  const ends = value.items.map((item) => (isScalar(item.value) ? spanOf(item.value).to : from));
  const keyEnd = spanOf(permissions.key).to;
  const end = value.flow ? spanOf(value).to : Math.max(...ends);
  const rest = [source.replace(keyEnd, end, ': {}')];
  const edits = jobs.filter(({ map }) => !tree.entry(map, 'permissions')).map((job) =>
    addKey(source, tree, job.map, ['runs-on', 'needs', 'uses', 'name'], {
      lines: ['permissions:', ...entries.map(({ name, word }) => `  ${name}: ${word}`)],
      flow: `permissions: { ${entries.map(({ name, word }) => `${name}: ${word}`).join(', ')} }`,
    }),
  );
  return edits.every((edit) => edit !== undefined) ? [...rest, ...edits.flat()] : undefined;
}
