import type { Finding } from '../../core/finding.ts';
import { text } from '../../core/text.ts';
import type { CheckedJob, CheckedStep, CheckedWorkflow } from '../checkedWorkflow.ts';
import { isFlow, type Entry } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { addKey, insertAfter } from './insert.ts';
import { seesSecrets } from './seesSecrets.ts';
import { sources } from './sources.ts';

/** The token and the secrets go no further than they must. */
export const checkCredentials: Check = (workflow) => {
  const { tree } = workflow;
  return workflow.jobs.flatMap((job) => [
    ...inherited(workflow, job),
    ...job.steps.filter(({ uses }) => (tree.word(uses) ?? '').startsWith('actions/checkout@')).flatMap((step) => [...persisted(workflow, step), ...foreign(workflow, job, step)]),
  ]);
};

function inherited(workflow: CheckedWorkflow, job: CheckedJob): readonly Finding[] {
  const secrets = workflow.tree.value(job.map, 'secrets');
  if (!job.isCall || !secrets || workflow.tree.word(secrets) !== 'inherit') return [];
  return [findingAt(workflow, secrets, {
    code: 'secrets-inherit', severity: 'information', source: sources.inheritedSecrets,
    message: text('The called workflow gets every secret of the repository.'),
    why: text('Name the secrets that it needs. Secrets of an environment reach a called workflow only this way, so that a job that needs one is better not called.'),
  })];
}

function persisted(workflow: CheckedWorkflow, step: CheckedStep): readonly Finding[] {
  const { tree, source } = workflow;
  const { node, uses } = step;
  const given = tree.entry(node, 'with');
  if (!uses || tree.entry(given?.value, 'persist-credentials')) return [];
  const line = { lines: ['persist-credentials: false'], flow: 'persist-credentials: false' };
  const usesEntry = tree.entry(node, 'uses');
  const edits = given?.value
    ? given.isAlias ? undefined : addKey(source, tree, given.value, ['fetch-depth', 'ref', 'path'], line)
    : usesEntry && (isFlow(node) ? insertBeforeUses(workflow, usesEntry) : insertAfter(source, usesEntry, node, { lines: ['with:', '  persist-credentials: false'], flow: '' }));
  return [findingAt(workflow, uses, {
    code: 'persist-credentials', severity: 'hint', source: sources.persistedCredentials,
    message: text('The token stays on the disk after the check-out.'),
    why: text('Later steps, and artifacts that take the whole folder along, can read it. Only a job that pushes needs it.'),
    fixes: fix(text('Do not keep the token'), edits),
  })];
}

function insertBeforeUses({ source }: CheckedWorkflow, uses: Entry) {
  return [source.insert(uses.key.range?.[0] ?? 0, 'with: { persist-credentials: false }, ')];
}

/** `pull_request_target` runs with secrets; code of the pull request then runs with them too. */
function foreign(workflow: CheckedWorkflow, job: CheckedJob, { node, uses }: CheckedStep): readonly Finding[] {
  const { tree, root, events } = workflow;
  const ref = tree.value(node, 'with', 'ref');
  const isForeign = /github\.head_ref|github\.event\.(?:pull_request\.head|workflow_run\.head)/.test(`${tree.word(ref) ?? ''} ${tree.word(tree.value(node, 'with', 'repository')) ?? ''}`);
  // What follows another workflow is often its push: only where nothing narrows it down may it be somebody's pull request.
  const follows = events.includes('workflow_run') && !tree.entry(tree.value(root, 'on', 'workflow_run'), 'branches') && !tree.entry(job.map, 'if');
  if (!uses || !isForeign || !(events.includes('pull_request_target') || follows)) return [];
  return [findingAt(workflow, ref ?? uses, {
    code: 'pull-request-target', severity: seesSecrets(workflow, job) ? 'error' : 'warning', source: sources.pullRequestTarget,
    message: text('Code of a pull request is checked out with the rights of the repository.'),
    why: text('Anyone can open a pull request whose build scripts then read the secrets and write with the token. Build pull requests on “pull_request”.'),
  })];
}
