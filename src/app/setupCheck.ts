import { isDeployError, type DeployErrorKind } from '../core/deployError.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { GitHub } from '../core/gitHub.ts';
import type { EnvironmentSettings, GitHubSetup, PullRequest, SecretName, Variable } from '../core/gitHubSetup.ts';
import { notificationsEnvironment } from '../core/pipelineAnswers.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { SetupAnswers } from '../core/setupAnswers.ts';
import type { Text } from '../core/text.ts';
import { text } from '../core/text.ts';
import { listedDryRun, trackedDryRun, type DryRun } from './dryRun.ts';
import { setupBranch } from './pipelineChange.ts';
import type { RepositoryState } from './repositoryState.ts';
import type { SetupRecord } from './setupMemory.ts';

/** Something that was read, or why it could not be: never taken for "there is none". */
export type Read<T> = { readonly is: 'read'; readonly value: T } | Unread;

export interface Unread {
  readonly is: 'unknown';
  readonly why: Text;
  /** What keeps every question from GitHub, in full: to be said once, so `why` is short then. */
  readonly trouble?: Text;
}

/** What GitHub says of a repository's setup, as raw facts. */
export interface SetupFacts {
  readonly defaultBranch: string;
  /** Which of the pipeline's files stand on the default branch. */
  readonly installed: Read<ReadonlySet<string>>;
  readonly branchExists: Read<boolean>;
  readonly pullRequest: Read<PullRequest | undefined>;
  readonly hasProtectedBranches: Read<boolean>;
  readonly environments: ReadonlyMap<string, EnvironmentFacts>;
}

export interface EnvironmentFacts {
  readonly settings: Read<EnvironmentSettings | undefined>;
  readonly secrets: Read<readonly SecretName[]>;
  readonly variables: Read<readonly Variable[]>;
  /** The newest dry run that Set Up started, where it was found. */
  readonly dryRun: Read<DryRun | undefined>;
  /** Something was deployed there, so the server answers to the key that is in use. */
  readonly isLive: boolean;
}

/** The files whose presence means that the pipeline is there. */
export const pipelineFiles = ['.github/workflows/deploy.yml', '.github/workflows/rollback.yml', '.github/workflows/hold.yml', '.deploy/plan', '.deploy/ship', '.deploy/config'] as const;

/** Asks GitHub for all that the checklist needs, at once. Each answer stands for itself: one that fails makes nothing else unknown. */
export async function readSetup(
  ports: { readonly setup: GitHubSetup; readonly github: GitHub; readonly repository: RepositoryId; readonly state: () => RepositoryState },
  { dryRuns }: SetupRecord,
  answers: SetupAnswers,
  defaultBranch: string,
  signal: AbortSignal,
): Promise<SetupFacts> {
  const { setup, github, repository, state } = ports;
  const read = <T>(ask: Promise<T>) => readOf(ask, signal);
  const names = [...answers.environments.map(({ name }) => name), notificationsEnvironment];
  const all = read(setup.environments(repository, signal));
  const runs =
    Object.keys(dryRuns).length === 0
      ? undefined
      : read(github.runs(repository, { workflow: 'deploy.yml', event: 'workflow_dispatch', page: 1, perPage: 30 }, signal).then((page) => page.runs));
  const ofEnvironment = async (name: string): Promise<readonly [string, EnvironmentFacts]> => {
    const environments = await all;
    const settings = mapped(environments, (list) => list.find((one) => sameEnvironment(one.name, name)));
    const exists = settings.is === 'read' && settings.value !== undefined;
    // An environment that does not exist has no secrets; one that may exist is asked, and the answer speaks for itself.
    const none = Promise.resolve({ is: 'read', value: [] } as const);
    const isMissing = settings.is === 'read' && !exists;
    const [secrets, variables] = await Promise.all([
      isMissing ? none : read(setup.secrets(repository, { environment: name }, signal)),
      isMissing ? none : read(setup.variables(repository, { environment: name }, signal)),
    ]);
    const id = dryRuns[name];
    const followed = id === undefined ? undefined : trackedDryRun(state().tracked, id);
    const dryRun: Read<DryRun | undefined> = followed || id === undefined || !runs ? { is: 'read', value: followed } : mapped(await runs, (list) => listedDryRun(list, id));
    const isLive = state().environments.some(({ target, live }) => sameEnvironment(target.environment, name) && typeof live === 'object');
    return [name, { settings, secrets, variables, dryRun, isLive }];
  };
  const [installed, branch, pullRequest, hasProtectedBranches, environments] = await Promise.all([
    read(setup.treeFiles(repository, defaultBranch, pipelineFiles, signal)),
    read(setup.treeFiles(repository, setupBranch, [], signal)),
    read(setup.pullRequest(repository, setupBranch, defaultBranch, signal)),
    read(setup.hasProtectedBranches(repository, signal)),
    Promise.all(names.map(ofEnvironment)),
  ]);
  return {
    defaultBranch,
    installed: mapped(installed, (tree) => new Set(tree?.files.keys())),
    branchExists: mapped(branch, (tree) => tree !== undefined),
    pullRequest,
    hasProtectedBranches,
    environments: new Map(environments),
  };
}

/** The answer, or why there is none. */
export async function readOf<T>(ask: Promise<T>, signal: AbortSignal): Promise<Read<T>> {
  try {
    return { is: 'read', value: await ask };
  } catch (error) {
    signal.throwIfAborted();
    if (!isDeployError(error)) throw error;
    const said = text(error.message, error.values);
    return apartFromGitHub.has(error.kind) ? { is: 'unknown', why: text('not known'), trouble: said } : { is: 'unknown', why: said };
  }
}

/** What is wrong with the way to GitHub, not with the question. */
const apartFromGitHub: ReadonlySet<DeployErrorKind> = new Set(['offline', 'proxy', 'certificate', 'rateLimited']);

/** What stood between us and GitHub when these were asked; `undefined` when it was reached. */
export function troubleOf(reads: Iterable<Read<unknown>>): Text | undefined {
  for (const read of reads) if (read.is === 'unknown' && read.trouble) return read.trouble;
  return undefined;
}

/** What stood between us and GitHub when a setup was read. */
export function troubleOfSetup({ installed, branchExists, pullRequest, hasProtectedBranches, environments }: SetupFacts): Text | undefined {
  const own = [...environments.values()].flatMap(({ settings, secrets, variables, dryRun }) => [settings, secrets, variables, dryRun]);
  return troubleOf([installed, branchExists, pullRequest, hasProtectedBranches, ...own]);
}

/** The answer, changed, or why there is none. */
export function mapped<T, U>(read: Read<T>, change: (value: T) => U): Read<U> {
  return read.is === 'read' ? { is: 'read', value: change(read.value) } : read;
}
