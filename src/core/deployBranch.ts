import { sameEnvironment } from './environment.ts';
import { expressionOutcomes } from './environmentExpression.ts';
import { reach } from './environmentUse.ts';
import { tierOf } from './promotionOrder.ts';
import type { WorkflowFile } from './workflowFile.ts';

/**
 * The branch whose commits wait for an environment, as the workflows that deploy to it tell: the branch that their expression asks for,
 * the one left over, the only one whose pushes deploy, `develop` for a staging-like name; else the default branch.
 */
export function branchFor(environment: string, files: readonly WorkflowFile[], defaultBranch: string | undefined): string {
  const deploying = files.filter((file) => reach(file, environment) === 'named');
  return (
    first(deploying, (file) => byExpression(file, environment)) ??
    first(deploying, (file) => onlyPushedBranch(file)) ??
    first(deploying, (file) => developBranch(file, environment)) ??
    defaultBranch ?? 'main'
  );
}

function byExpression(file: WorkflowFile, environment: string): string | undefined {
  for (const use of file.environments) {
    const outcomes = use.isExpression ? expressionOutcomes(use.name) : [];
    const own = outcomes.find((outcome) => sameEnvironment(outcome.environment, environment));
    if (own?.branch !== undefined) return own.branch;
    if (!own?.isFallback) continue;
    const taken = new Set(outcomes.map((outcome) => outcome.branch));
    const left = plainBranches(file).filter((branch) => !taken.has(branch));
    if (left.length === 1) return left[0];
  }
  return undefined;
}

/** Only for a job that names one environment in so many words: of an expression's outcomes any could be the one. */
function onlyPushedBranch(file: WorkflowFile): string | undefined {
  const branches = plainBranches(file);
  return branches.length === 1 && file.pushBranches.length === 1 && file.environments.every((use) => !use.isExpression) ? branches[0] : undefined;
}

function developBranch(file: WorkflowFile, environment: string): string | undefined {
  if (tierOf(environment) === 'production' || tierOf(environment) === 'other') return undefined;
  return plainBranches(file).find((branch) => ['develop', 'development', 'dev', tierOf(environment), environment.toLowerCase()].includes(branch));
}

function plainBranches(file: WorkflowFile): readonly string[] {
  return file.pushBranches.filter((branch) => !/[*?+![\]]/.test(branch));
}

function first<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
