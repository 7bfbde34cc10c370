import type { GitHubSetup } from '../core/gitHubSetup.ts';
import { sameEnvironment } from '../core/environment.ts';
import { notificationsEnvironment, problemWithAnswers, type PackageManager, type PipelineEnvironment } from '../core/pipelineAnswers.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { SetupAnswers, SetupEnvironment } from '../core/setupAnswers.ts';
import { readServerAddress, writtenAddress, type ServerAddress } from '../core/serverAddress.ts';
import { isAbort, isDeployError } from '../core/deployError.ts';
import type { Log } from '../core/log.ts';

/** What the repository itself says about how it deploys. */
export interface Detected {
  readonly defaultBranch: string;
  readonly branches: readonly string[];
  /** As `.deploy/config` on the default branch lists them; none where there is no pipeline yet. */
  readonly environments: readonly PipelineEnvironment[];
  readonly packageManager: PackageManager;
  /** Variables of the environments that exist, by environment and name. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly viewer: string;
}

const lockFiles: readonly (readonly [string, PackageManager])[] = [
  ['composer.lock', 'composer'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['package-lock.json', 'npm'],
  ['composer.json', 'composer'],
  ['package.json', 'npm'],
];

/** Looks at the default branch and at the environments that exist. What may not be read is left to the person to say. */
export async function detect(
  setup: GitHubSetup,
  repository: RepositoryId,
  known: { readonly defaultBranch: string; readonly branches: readonly string[]; readonly viewer: string; readonly log: Log },
  signal: AbortSignal,
): Promise<Detected> {
  const { defaultBranch, branches, viewer, log } = known;
  const orNothing = async <T>(ask: Promise<T>): Promise<T | undefined> => {
    try {
      return await ask;
    } catch (error) {
      if (isAbort(error) || !isDeployError(error)) throw error;
      log.debug(`Set Up could not look at something: ${error.kind}.`);
      return undefined;
    }
  };
  const tree = await setup.treeFiles(repository, defaultBranch, ['.deploy/config', ...lockFiles.map(([path]) => path)], signal);
  const environments = configuredEnvironments(tree?.files.get('.deploy/config')?.text ?? '');
  const existing = (await orNothing(setup.environments(repository, signal))) ?? [];
  const variables = await Promise.all(
    existing.slice(0, 10).map(async ({ name }) => {
      const list = (await orNothing(setup.variables(repository, { environment: name }, signal))) ?? [];
      return [name, new Map(list.map((variable) => [variable.name, variable.value]))] as const;
    }),
  );
  return {
    defaultBranch,
    branches,
    environments,
    packageManager: lockFiles.find(([path]) => tree?.files.has(path))?.[1] ?? 'none',
    variables: new Map(variables),
    viewer,
  };
}

/** The usual sets of environments for these branches, likeliest first. */
export function usualEnvironments({ branches, defaultBranch, environments }: Detected): readonly (readonly PipelineEnvironment[])[] {
  const production = { name: 'production', branch: defaultBranch, isProduction: true };
  const second = ['develop', 'development', 'dev', 'staging'].find((branch) => branches.includes(branch) && branch !== defaultBranch) ?? (defaultBranch === 'develop' ? undefined : 'develop');
  const both = second === undefined ? [] : [[production, { name: 'staging', branch: second, isProduction: false }]];
  const usual = second !== undefined && branches.includes(second) ? [...both, [production]] : [[production], ...both];
  return environments.length > 0 ? [environments, ...usual.filter((one) => writtenEnvironments(one) !== writtenEnvironments(environments))] : usual;
}

/** Reads `production=main, staging=develop`; the first is production. The answer is the list, or what is wrong with it. */
export function readEnvironments(written: string): readonly PipelineEnvironment[] | NonNullable<ReturnType<typeof problemWithAnswers>> {
  const environments = written.split(',').map((part) => part.trim()).filter((part) => part !== '').map((part, index) => {
    const at = part.indexOf('=');
    return { name: (at < 0 ? part : part.slice(0, at)).trim(), branch: at < 0 ? '' : part.slice(at + 1).trim(), isProduction: index === 0 };
  });
  return problemWithAnswers({ environments, packageManager: 'none', records: 'own' }) ?? environments;
}

/** The environments as `readEnvironments` reads them. */
export function writtenEnvironments(environments: readonly PipelineEnvironment[]): string {
  return environments.toSorted((a, b) => Number(b.isProduction) - Number(a.isProduction)).map(({ name, branch }) => `${name}=${branch}`).join(', ');
}

/** What was answered in an earlier run, with the variables that GitHub has by now: somebody may have changed them since. */
export function asOnGitHub(before: SetupAnswers, detected: Detected): SetupAnswers {
  const channel = variableOf(detected, notificationsEnvironment, 'SLACK_CHANNEL');
  return {
    ...before,
    environments: before.environments.map((environment) => ({
      ...environment,
      server: serverOf(detected, environment.name, environment.server),
      versionUrl: variableOf(detected, environment.name, 'VERSION_URL') ?? environment.versionUrl,
    })),
    slack: before.slack.kind === 'bot' && channel !== undefined ? { kind: 'bot', channel } : before.slack,
  };
}

/** What is proposed where nothing was answered yet; what was answered of an environment of the same name stays. */
export function proposedAnswers(detected: Detected, repository: RepositoryId, before: SetupAnswers | undefined, environments?: readonly PipelineEnvironment[]): SetupAnswers {
  const chosen = environments ?? before?.environments ?? usualEnvironments(detected)[0] ?? [];
  return {
    environments: chosen.map((environment): SetupEnvironment => {
      const own = before?.environments.find(({ name }) => sameEnvironment(name, environment.name));
      return {
        ...environment,
        server: own?.server ?? serverOf(detected, environment.name, unnamedServer(environment, repository)),
        versionUrl: own?.versionUrl ?? variableOf(detected, environment.name, 'VERSION_URL') ?? '',
        reviewers: own?.reviewers ?? (environment.isProduction && detected.viewer !== '' ? [detected.viewer] : []),
      };
    }),
    packageManager: before?.packageManager ?? detected.packageManager,
    slack: before?.slack ?? { kind: 'none' },
  };
}

/** A variable of an environment that exists; an empty one says nothing. */
function variableOf({ variables }: Detected, environment: string, name: string): string | undefined {
  const value = [...variables].find(([one]) => sameEnvironment(one, environment))?.[1].get(name);
  return value === '' ? undefined : value;
}

/** As the environment's variables name it; what they leave out, and what cannot be read, is as in `otherwise`. */
function serverOf(detected: Detected, environment: string, otherwise: ServerAddress): ServerAddress {
  const user = variableOf(detected, environment, 'DEPLOY_USER') ?? otherwise.user;
  const host = variableOf(detected, environment, 'DEPLOY_HOST') ?? otherwise.host;
  const port = Number(variableOf(detected, environment, 'DEPLOY_PORT') ?? otherwise.port);
  const read = readServerAddress(writtenAddress({ user, host, port, base: otherwise.base }));
  return 'host' in read ? read : otherwise;
}

/** An empty host says that nobody has named one yet. */
function unnamedServer({ name, isProduction }: PipelineEnvironment, repository: RepositoryId): ServerAddress {
  const folder = repository.name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+/, '') || 'app';
  return { user: 'deploy', host: '', port: 22, base: isProduction ? `/srv/${folder}` : `/srv/${folder}-${name.toLowerCase()}` };
}

function configuredEnvironments(config: string): readonly PipelineEnvironment[] {
  const environments = config.split('\n').flatMap((line) => {
    const [word, name, branch, mark] = line.trim().split(/\s+/);
    return word === 'environment' && name !== undefined && branch !== undefined ? [{ name, branch, isProduction: mark === 'production' }] : [];
  });
  return problemWithAnswers({ environments, packageManager: 'none', records: 'own' }) ? [] : environments;
}

