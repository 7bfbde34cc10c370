import type { DeployTarget } from '../core/deployTarget.ts';
import { canBeToldVersion } from '../core/rollbackWay.ts';
import type { VersionChoice } from './deployPlan.ts';
import type { RepositorySession } from './repositorySession.ts';
import { whyNotStartable } from './workflowCopies.ts';

/** True where a workflow runs on the version itself, so that the version's own copy of the workflow decides. */
export function runsOnVersion({ deploy }: DeployTarget): boolean {
  return deploy !== undefined && !canBeToldVersion(deploy);
}

/** The choices, those greyed out with the reason whose own copy of the workflow cannot be started by hand. */
export async function shippableVersions(
  session: RepositorySession, target: DeployTarget, choices: readonly VersionChoice[], signal: AbortSignal,
): Promise<readonly VersionChoice[]> {
  const path = target.deploy?.file.path;
  if (path === undefined || !runsOnVersion(target)) return choices;
  const open = choices.filter(({ disabled }) => !disabled);
  const whyNot = await whyNotStartable(session, path, open.map(({ version }) => version), signal);
  const judged = choices.map((choice) => ({ ...choice, disabled: choice.disabled ?? whyNot(choice.version) }));
  return [...judged.filter(({ disabled }) => !disabled), ...judged.filter(({ disabled }) => disabled)];
}
