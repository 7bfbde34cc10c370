import { shortSha } from './commit.ts';
import type { Deployment } from './deployment.ts';
import type { DeployRequest } from './deployRequest.ts';
import type { DeployTarget } from './deployTarget.ts';
import { environmentNamedIn } from './environmentNames.ts';
import { titledVersion } from './runSubject.ts';
import type { VersionNames } from './versionNames.ts';
import type { WorkflowRun } from './workflowRun.ts';

/** What may tell where a run deploys to. */
export interface RunContext {
  readonly targets: readonly DeployTarget[];
  /** Environments of the deployments that each run made. */
  readonly environmentsOfRun: ReadonlyMap<number, readonly string[]>;
  /** Our own dispatches by run id. */
  readonly requests: ReadonlyMap<number, DeployRequest>;
}

/** The environments that each run deployed to, newest deployment first. */
export function environmentsOfRuns(deployments: readonly Deployment[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { runId, environment } of deployments) {
    if (runId === undefined) continue;
    const known = found.get(runId);
    if (!known) found.set(runId, [environment]);
    else if (!known.includes(environment)) known.push(environment);
  }
  return found;
}

/**
 * The environment that a run deploys to: as we asked for it, as its deployments say, as its title says, or the only one that its
 * workflow and branch can mean. `undefined` for runs that do not deploy and where nothing proves it.
 */
export function runEnvironment(run: WorkflowRun, { targets, environmentsOfRun, requests }: RunContext): string | undefined {
  const asked = requests.get(run.id)?.environment ?? environmentsOfRun.get(run.id)?.[0];
  if (asked !== undefined) return asked;
  const possible = targets.filter(({ deploy, rollback }) => deploy?.file.path === run.workflowPath || rollback?.file.path === run.workflowPath);
  if (possible.length === 0) return undefined;
  const named = environmentNamedIn(run.title, possible.map((target) => target.environment));
  if (named !== undefined) return named;
  if (possible.length === 1) return possible[0]?.environment;
  const ofBranch = run.event === 'push' ? possible.filter((target) => target.branch === run.branch) : [];
  return ofBranch.length === 1 ? ofBranch[0]?.environment : undefined;
}

/** What people would call the version that a run ships to `environment`: from our own record, its title, or its commit. */
export function runVersion(
  run: WorkflowRun,
  environment: string,
  { targets, requests }: Pick<RunContext, 'targets' | 'requests'>,
  names: VersionNames,
): string {
  const asked = requests.get(run.id)?.version.label;
  if (asked !== undefined) return asked;
  const titled = titledVersion(run, environment, targets.map((target) => target.environment), names);
  if (titled?.version !== undefined) return titled.version;
  const sha = titled?.sha ?? run.sha;
  return names.tagOf(sha) ?? shortSha(sha);
}
