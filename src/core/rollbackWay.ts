import type { DeployTarget, TargetWorkflow, Version } from './deployTarget.ts';
import { text, type Text } from './text.ts';

/** How a rollback would travel, or why none can. `tagDispatch` runs the tag's own old workflow file, which the user is warned of. */
export type RollbackWay =
  | { readonly kind: 'rollbackWorkflow' | 'deployWorkflow' | 'tagDispatch'; readonly workflow: string; readonly ref: string }
  | { readonly kind: 'none'; readonly why: Text };

/**
 * The way back to an earlier version, in this order: the rollback workflow; the version input of the deploy workflow; a dispatch
 * on the version's own tag. A workflow that must be told the version and cannot be is no way. Whether the tag's own file can still
 * be started by hand is only known once that file was read.
 */
export function rollbackWay(target: DeployTarget, version: Version | undefined): RollbackWay {
  if (!version) return { kind: 'none', why: text('Nothing says which commit it was, so it cannot be shipped again.') };
  const { deploy, rollback } = target;
  if (rollback && canBeToldVersion(rollback)) return { kind: 'rollbackWorkflow', workflow: rollback.file.path, ref: rollback.branch };
  if (!deploy) return { kind: 'none', why: text(target.whyNot ?? 'No workflow deploys to {environment}.', { environment: target.environment }) };
  if (canBeToldVersion(deploy)) return { kind: 'deployWorkflow', workflow: deploy.file.path, ref: deploy.branch };
  if (version.kind === 'release' || version.kind === 'tag') return { kind: 'tagDispatch', workflow: deploy.file.path, ref: version.ref };
  return { kind: 'none', why: text('The workflow takes no version, and GitHub starts workflows only on branches and tags: this commit has no tag.') };
}

/** True for a workflow that can be started by hand and told which version to ship. */
export function canBeToldVersion(workflow: TargetWorkflow): boolean {
  return workflow.file.dispatchInputs !== undefined && workflow.inputs.version !== undefined;
}
