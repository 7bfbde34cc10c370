import type { CheckedJob, CheckedWorkflow } from '../checkedWorkflow.ts';
import type { Node } from '../yamlTree.ts';

const secret = /\$\{\{(?:(?!\}\})[\s\S])*\bsecrets\b\s*(?:\.\s*(?!GITHUB_TOKEN\b)[A-Za-z_]|\[|\))/i;

/** True when a step of the job can reach a secret besides the job's own token: one is named in it or for the whole workflow, or it may ask for an OIDC token. */
export function seesSecrets({ tree, root }: CheckedWorkflow, job: CheckedJob): boolean {
  const names = (node: Node | undefined) => tree.scalars(node).some((scalar) => secret.test(String(scalar.value)));
  const permissions = tree.value(job.map, 'permissions') ?? tree.value(root, 'permissions');
  return (
    names(tree.value(root, 'env')) ||
    names(job.map) ||
    (job.isCall && tree.word(tree.value(job.map, 'secrets')) === 'inherit') ||
    tree.word(permissions) === 'write-all' ||
    tree.word(tree.value(permissions, 'id-token')) === 'write'
  );
}
