import { isScalar } from 'yaml';
import { text } from '../../core/text.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { environmentText } from './environmentText.ts';
import { addKey, written } from './insert.ts';
import { sources } from './sources.ts';
import { readsInput, versionInputs } from './versionInputs.ts';

/** The title of a run says which version goes where: that is what people and tools read in the list of runs. */
export const checkRunName: Check = (workflow) => {
  const { source, tree, root, jobs, events, isPreview } = workflow;
  const [first] = tree.entries(root);
  // A reusable workflow runs under its caller's title.
  if (!first || isPreview || !jobs.some(({ isDeploy }) => isDeploy) || (events.length > 0 && events.every((event) => event === 'workflow_call'))) return [];
  const why = text('Without the version in its title a run looks like any other, and nobody can tell from the list what was shipped.');
  const runName = tree.entry(root, 'run-name');
  if (runName?.value === undefined) {
    const line = `run-name: ${written(title(workflow), false)}`;
    return [findingAt(workflow, runName?.key ?? tree.entry(root, 'name')?.key ?? first.key, {
      code: 'run-name', severity: 'information', why, source: sources.runName,
      message: text('The workflow has no run-name that tells the version and the environment.'),
      fixes: runName ? [] : fix(text('Add a run-name'), addKey(source, tree, root, ['name'], { lines: [line], flow: `run-name: ${JSON.stringify(title(workflow))}` })),
    })];
  }
  const said = tree.word(runName.value) ?? '';
  if (namesVersion(said, workflow)) return [];
  const { from, to } = spanOf(runName.value);
  const isSimple = isScalar(runName.value) && !runName.isAlias && runName.value.type !== 'BLOCK_LITERAL' && runName.value.type !== 'BLOCK_FOLDED';
  const better = `${said.trim()} ${version(workflow)}`.trim();
  return [findingAt(workflow, runName.value, {
    code: 'run-name', severity: 'information', why, source: sources.runName,
    message: text('The run-name does not tell which version is shipped.'),
    fixes: fix(text('Add the version to the run-name'), isSimple ? [source.replace(from, to, written(better, false))] : undefined),
  })];
};

function namesVersion(said: string, workflow: CheckedWorkflow): boolean {
  const expressions = [...said.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].map(([, body]) => body ?? '').join(' ');
  if (/\bgithub\.(?:ref|ref_name|sha|head_ref|event)\b/.test(expressions)) return true;
  return versionInputs(workflow).some((name) => readsInput(name).test(expressions));
}

function version(workflow: CheckedWorkflow): string {
  const [input] = versionInputs(workflow);
  return input === undefined ? '${{ github.ref_name }}' : `\${{ inputs.${input} || github.ref_name }}`;
}

function title(workflow: CheckedWorkflow): string {
  const environment = environmentText(workflow, workflow.jobs.find(({ isDeploy, environment: own }) => isDeploy && own), ['github', 'inputs']);
  const to = environment === undefined ? '' : workflow.isRollback ? ` ${environment}` : ` to ${environment}`;
  const correlation = workflow.inputs.find(({ name }) => name.toLowerCase().replace(/[-_]/g, '') === 'correlationid')?.name;
  const tail = correlation === undefined ? '' : `\${{ inputs.${correlation} && format(' [{0}]', inputs.${correlation}) || '' }}`;
  return workflow.isRollback ? `Roll back${to} to ${version(workflow)}${tail}` : `Deploy ${version(workflow)}${to}${tail}`;
}
