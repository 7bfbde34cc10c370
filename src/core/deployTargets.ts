import { branchFor } from './deployBranch.ts';
import type { DeployTarget, TargetWorkflow } from './deployTarget.ts';
import type { Deployment } from './deployment.ts';
import { ofEnvironment, sameEnvironment, type Environment } from './environment.ts';
import { environmentsNamed, onlyPassesThrough, reach } from './environmentUse.ts';
import type { WorkflowSummary } from './gitHub.ts';
import { isHoldWorkflow } from './holdWorkflow.ts';
import { knownInputs } from './knownInputs.ts';
import { comparePromotion, tierOf } from './promotionOrder.ts';
import type { EnvironmentSettings, Settings } from './settings.ts';
import type { WorkflowFile } from './workflowFile.ts';

/** What the targets are derived from. `workflowStates` may be empty while it is not known: then every workflow counts as active. */
export interface TargetSources {
  readonly files: readonly WorkflowFile[];
  readonly environments: readonly Environment[];
  readonly deployments: readonly Deployment[];
  readonly settings: Settings;
  readonly defaultBranch: string | undefined;
  readonly workflowStates: readonly WorkflowSummary[];
}

/**
 * The environments one can deploy to, by convention: named by a job or an input of a workflow, or deployed to before. Environments
 * that only hold secrets (`deployment: false`, never deployed to) are none, and a workflow that only holds deploys back deploys nowhere. The order is that of promotion, production last.
 */
export function deployTargets(all: TargetSources): readonly DeployTarget[] {
  const sources = { ...all, files: all.files.filter((file) => !isHoldWorkflow(file)) };
  return targetNames(sources)
    .map((environment) => target(environment, sources))
    .sort(comparePromotion);
}

function target(environment: string, sources: TargetSources): DeployTarget {
  const { files, settings, defaultBranch } = sources;
  const own = ofEnvironment(settings.environments, environment) ?? {};
  const deploy = deployWorkflow(environment, own, sources);
  const rollback = rollbackWorkflow(environment, own, sources);
  const configured = settings.productionEnvironment !== undefined && sameEnvironment(settings.productionEnvironment, environment);
  const branch = own.branch ?? branchFor(environment, preferring(deploy.file, files), defaultBranch);
  const way = (file: WorkflowFile | undefined) => file && targetWorkflow(file, environment, own, { branch, defaultBranch });
  return {
    environment,
    isProduction: own.production ?? (configured || tierOf(environment) === 'production'),
    branch,
    deploy: way(deploy.file),
    rollback: way(rollback),
    whyNot: deploy.whyNot,
    versionUrl: own.versionUrl,
  };
}

function targetWorkflow(
  file: WorkflowFile, environment: string, own: EnvironmentSettings, { branch, defaultBranch = branch }: { readonly branch: string; readonly defaultBranch: string | undefined },
): TargetWorkflow {
  const inputs = knownInputs(file.dispatchInputs ?? [], environment, own.inputs);
  const checksByItself = inputs.version !== undefined && (inputs.expectedSha !== undefined || inputs.expectedCurrent !== undefined);
  return { file, inputs, branch: checksByItself ? defaultBranch : branch };
}

/** The workflow to deploy by, or an English template (place: `{environment}`) for why there is none. */
function deployWorkflow(
  environment: string, own: EnvironmentSettings, sources: TargetSources,
): { readonly file: WorkflowFile | undefined; readonly whyNot: string | undefined } {
  const candidates = own.workflow === undefined ? conventional(environment, sources.files) : sources.files.filter((file) => isFile(file, own.workflow ?? ''));
  const readable = candidates.filter((file) => file.problem === undefined);
  const startable = readable.filter((file) => file.dispatchInputs !== undefined);
  const file = startable.find((one) => isActive(one, sources.workflowStates));
  if (file) return { file, whyNot: undefined };
  return { file: undefined, whyNot: whyNone(candidates, readable, startable, own.workflow !== undefined) };
}

function whyNone(
  candidates: readonly WorkflowFile[], readable: readonly WorkflowFile[], startable: readonly WorkflowFile[], isConfigured: boolean,
): string {
  if (startable.length > 0) return 'The workflow that deploys to {environment} is disabled. Enable it on GitHub.';
  if (readable.length > 0) return 'The workflow that deploys to {environment} cannot be started by hand: it has no workflow_dispatch trigger.';
  if (candidates.length > 0) return 'The workflow that deploys to {environment} cannot be read. Mend its YAML.';
  if (isConfigured) return 'The workflow set for {environment} in boussole.environments does not exist on the default branch.';
  return 'No workflow of this repository deploys to {environment}.';
}

function rollbackWorkflow(environment: string, own: EnvironmentSettings, { files, workflowStates }: TargetSources): WorkflowFile | undefined {
  const candidates = own.rollbackWorkflow === undefined
    ? files.filter((file) => isRollback(file) && reaches(file, environment))
    : files.filter((file) => isFile(file, own.rollbackWorkflow ?? ''));
  return candidates.find((file) => file.problem === undefined && file.dispatchInputs !== undefined && isActive(file, workflowStates));
}

/** Workflows that deploy to the environment, likeliest first. One that takes things down or puts data back is never offered as a deploy. */
function conventional(environment: string, files: readonly WorkflowFile[]): readonly WorkflowFile[] {
  const score = (file: WorkflowFile) =>
    (says(file, /deploy|release|ship|publish|deliver|\bcd\b/) ? 4 : 0) +
    (reach(file, environment) === 'named' ? 2 : 0) +
    (file.dispatchInputs === undefined ? 0 : 1) +
    (knownInputs(file.dispatchInputs ?? [], environment).version === undefined ? 0 : 1);
  return files
    .filter((file) => reaches(file, environment) && !isRollback(file))
    .filter((file) => !says(file, /destroy|tear-?down|delete|clean-?up|drop|reset|backup|restore/))
    .toSorted((a, b) => score(b) - score(a) || a.path.localeCompare(b.path, 'en'));
}

/** Names of all targets, each spelt as GitHub spells the environment where it has it. */
function targetNames({ files, environments, deployments, settings }: TargetSources): readonly string[] {
  const deployed = new Set(deployments.map((deployment) => deployment.environment.toLowerCase()));
  const fromGitHub = environments
    .map(({ name }) => name)
    .filter((name) => deployed.has(name.toLowerCase()) || isReached(name, files));
  const names = [...fromGitHub, ...files.filter(isConsidered).flatMap(environmentsNamed), ...Object.keys(settings.environments)];
  const byKey = new Map<string, string>();
  const spelling = new Map(environments.map(({ name }) => [name.toLowerCase(), name]));
  for (const name of names) {
    const key = name.toLowerCase();
    if (key !== '' && key !== '*' && !byKey.has(key)) byKey.set(key, spelling.get(key) ?? name);
  }
  return [...byKey.values()];
}

/** An input that takes any name reaches every environment, so a job that only passes through one is believed first. */
function isReached(environment: string, files: readonly WorkflowFile[]): boolean {
  const considered = files.filter(isConsidered);
  const reached = considered.map((file) => reach(file, environment));
  return reached.includes('named') || (reached.includes('open') && !considered.some((file) => onlyPassesThrough(file, environment)));
}

function isConsidered(file: WorkflowFile): boolean {
  return file.problem === undefined && (file.dispatchInputs !== undefined || file.pushBranches.length > 0);
}

function reaches(file: WorkflowFile, environment: string): boolean {
  return reach(file, environment) !== 'none';
}

function isRollback(file: WorkflowFile): boolean {
  return says(file, /roll(ing)?[-_ ]?back|\brevert/);
}

function says(file: WorkflowFile, words: RegExp): boolean {
  return words.test(file.path.slice(file.path.lastIndexOf('/') + 1).toLowerCase()) || words.test(file.name.toLowerCase());
}

function isFile(file: WorkflowFile, nameOrPath: string): boolean {
  return file.path === nameOrPath || file.path.endsWith(`/${nameOrPath}`);
}

function isActive(file: WorkflowFile, states: readonly WorkflowSummary[]): boolean {
  const known = states.find((workflow) => workflow.path === file.path);
  return known === undefined || known.state === 'active' || known.state === 'unknown';
}

function preferring(first: WorkflowFile | undefined, files: readonly WorkflowFile[]): readonly WorkflowFile[] {
  return first === undefined ? files : [first, ...files.filter((file) => file !== first)];
}
