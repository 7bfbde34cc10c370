import type { DeployTarget } from './deployTarget.ts';
import { sameEnvironment } from './environment.ts';
import { expressionOutcomes } from './environmentExpression.ts';
import { canNameEnvironment } from './knownInputs.ts';
import type { EnvironmentUse, WorkflowFile, WorkflowInput } from './workflowFile.ts';

/** How a workflow deploys to an environment: `named` by a job, an expression or a choice, or `open` because an input takes any name. */
export type Reach = 'named' | 'open' | 'none';

export function reach(file: WorkflowFile, environment: string): Reach {
  const deploying = file.environments.filter((use) => use.recordsDeployment);
  if (deploying.some((use) => isNamed(file, use, environment))) return 'named';
  return deploying.some((use) => inputsBehind(file, use).some((input) => input.type !== 'choice')) ? 'open' : 'none';
}

/** True when a job takes the environment's secrets or obeys its rules, and leaves no deployment (`deployment: false`). */
export function onlyPassesThrough(file: WorkflowFile, environment: string): boolean {
  return file.environments.some((use) => !use.recordsDeployment && isNamed(file, use, environment));
}

/** Environments that a workflow deploys to by name, whether GitHub has them yet or not. */
export function environmentsNamed(file: WorkflowFile): readonly string[] {
  return file.environments.filter((use) => use.recordsDeployment).flatMap((use) => {
    if (!use.isExpression) return [use.name];
    return [...expressionOutcomes(use.name).map((outcome) => outcome.environment), ...inputsBehind(file, use).flatMap((input) => input.options)];
  });
}

/** False for a target whose workflow leaves no deployment record (`deployment: false`): GitHub's silence then proves nothing. */
export function leavesRecords({ deploy, environment }: DeployTarget): boolean {
  const uses = deploy?.file.environments.filter((use) => use.isExpression || isNamed(deploy.file, use, environment)) ?? [];
  return uses.length === 0 || uses.some((use) => use.recordsDeployment);
}

function isNamed(file: WorkflowFile, use: EnvironmentUse, environment: string): boolean {
  const names = use.isExpression ? [...use.candidates, ...inputsBehind(file, use).flatMap((input) => input.options)] : [use.name];
  return names.some((name) => sameEnvironment(name, environment));
}

/** Inputs that decide an expression: those it reads, or the workflow's environment inputs where it reads another job's output. */
function inputsBehind(file: WorkflowFile, use: EnvironmentUse): readonly WorkflowInput[] {
  if (!use.isExpression) return [];
  const inputs = (file.dispatchInputs ?? []).filter((input) => input.type !== 'boolean' && input.type !== 'number');
  const read = inputs.filter((input) => use.inputs.includes(input.name));
  if (read.length > 0 || use.inputs.length > 0 || !/\bneeds\b/.test(use.name)) return read;
  return inputs.filter(canNameEnvironment);
}
