import type { Finding } from '../../core/finding.ts';
import { text } from '../../core/text.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf, type Node } from '../yamlTree.ts';
import { findingAt, type Check } from './check.ts';
import { seesSecrets } from './seesSecrets.ts';
import { sources } from './sources.ts';

const why = text('Whoever can move a tag or a branch of the action can read the secrets of this job. In March 2025 that happened to tj-actions/changed-files and 23,000 repositories.');

/** Code of others beside secrets stands on a commit that nobody can move. */
export const checkActions: Check = (workflow) => {
  const { tree } = workflow;
  const found = workflow.jobs.filter((job) => seesSecrets(workflow, job)).flatMap((job) => {
    const uses = job.isCall ? [tree.value(job.map, 'uses')] : job.steps.map((step) => step.uses);
    return uses.flatMap((node) => (node ? fault(workflow, node) : []));
  });
  // GitHub's own actions are said once; nearly every step would say it otherwise.
  const first = found.find(isMild);
  return found.map((finding) => (isMild(finding) && finding !== first ? { ...finding, severity: 'hint' } : finding));
};

function isMild({ code, severity }: Finding): boolean {
  return code === 'unpinned-action' && severity === 'information';
}

function fault(workflow: CheckedWorkflow, node: Node): readonly Finding[] {
  const { tree, source, facts } = workflow;
  const words = (tree.word(node) ?? '').trim();
  const { from, to } = spanOf(node);
  if (words.startsWith('docker://')) {
    if (/@sha256:[0-9a-f]{64}$/.test(words)) return [];
    return [findingAt(workflow, { from, to }, {
      code: 'unpinned-action', severity: 'warning', why, source: sources.thirdParty,
      message: text('The image {image} is not pinned by its digest, in a job that sees secrets.', { image: words.slice('docker://'.length) }),
    })];
  }
  const [, action = '', owner = '', ref = ''] = /^(([\w.-]+)\/[\w.-]+(?:\/[^@\s]*)?)@(\S+)$/.exec(words) ?? [];
  if (action === '') return [];
  const isOwn = ['actions', 'github', facts.owner?.toLowerCase()].includes(owner.toLowerCase());
  if (/^[0-9a-f]{40}$/.test(ref)) {
    if (isOwn) return [];
    return [findingAt(workflow, { from, to }, {
      code: 'third-party-action', severity: 'information', source: sources.thirdParty,
      message: text('{action} is code of others, in a job that sees secrets.', { action }),
      why: text('It can read every secret of this job, and it may download more code when it runs. A script of your own needs no trust in others.'),
    })];
  }
  const at = source.text.slice(from, to).lastIndexOf(`@${ref}`);
  const tail = source.text.slice(to, source.lineEnd(to));
  const canPin = at >= 0 && !/[,}\]]/.test(tail);
  const repository = action.split('/').slice(0, 2).join('/');
  const finding = findingAt(workflow, { from, to }, {
    code: 'unpinned-action', severity: isOwn ? 'information' : 'warning', why, source: sources.thirdParty,
    message: isOwn
      ? text('{action} is not pinned to a commit, in a job that sees secrets.', { action })
      : text('{action} is code of others and not pinned to a commit, in a job that sees secrets.', { action }),
  });
  return [canPin ? { ...finding, pin: { action: repository, tag: ref, range: source.range(from + at + 1, from + at + 1 + ref.length) } } : finding];
}
