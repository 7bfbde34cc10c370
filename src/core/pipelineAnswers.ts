import { text, type Text } from './text.ts';

/** How a release is built. */
export type PackageManager = 'npm' | 'pnpm' | 'composer' | 'none';

export const packageManagers: readonly PackageManager[] = ['npm', 'pnpm', 'composer', 'none'];

/** One place that the pipeline deploys to, and the branch whose pushes go there. */
export interface PipelineEnvironment {
  readonly name: string;
  readonly branch: string;
  readonly isProduction: boolean;
}

/** What the files of a pipeline depend on. */
export interface PipelineAnswers {
  readonly environments: readonly PipelineEnvironment[];
  readonly packageManager: PackageManager;
  /** Who writes GitHub's deployment records: the pipeline's own scripts, or GitHub for each job with an environment. */
  readonly records: 'own' | 'automatic';
}

/** The environment that holds Slack's secret, so it cannot be deployed to. */
export const notificationsEnvironment = 'notifications';

/** What keeps a text from being an environment's name: it goes into an expression, a YAML list and a line of words. */
export function problemWithEnvironmentName(name: string): Text | undefined {
  if (name.toLowerCase() === notificationsEnvironment) return text('“{name}” is the name of the environment that holds the secret for Slack.', { name });
  return /^[A-Za-z0-9][\w.-]{0,99}$/.test(name) ? undefined : text('A name is made of letters, digits, “.”, “_” and “-”.');
}

/** What keeps a text from being a branch of the pipeline. */
export function problemWithBranch(branch: string): Text | undefined {
  const isBranch = /^[A-Za-z0-9_][\w./-]{0,199}$/.test(branch) && !/\.\.|\/\/|\/\.|[./]$|\.lock$/.test(branch);
  return isBranch ? undefined : text('A branch’s name is made of letters, digits, “.”, “_”, “-” and “/”.');
}

/** Why these answers make no pipeline; `undefined`: they do. */
export function problemWithAnswers({ environments }: PipelineAnswers): Text | undefined {
  if (environments.length === 0) return text('Name at least one environment.');
  for (const { name, branch } of environments) {
    const problem = problemWithEnvironmentName(name) ?? problemWithBranch(branch);
    if (problem) return problem;
  }
  const name = firstTwice(environments.map((environment) => environment.name.toLowerCase()));
  if (name !== undefined) return text('The environment {name} is named twice.', { name });
  const branch = firstTwice(environments.map((environment) => environment.branch));
  if (branch !== undefined) return text('A push to {branch} can deploy to one environment only.', { branch });
  return undefined;
}

function firstTwice(words: readonly string[]): string | undefined {
  return words.find((word, index) => words.indexOf(word) !== index);
}
