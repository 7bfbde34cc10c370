import type { EnvironmentUse } from '../core/workflowFile.ts';
import { expressionOutcomes } from '../core/environmentExpression.ts';
import type { Overview } from '../core/gitHub.ts';
import type { GitHubSetup } from '../core/gitHubSetup.ts';
import type { RepositorySession } from './repositorySession.ts';
import { mapped, readOf, type Read } from './setupCheck.ts';
import type { SettingsFacts } from './settingsFacts.ts';

/** Asks GitHub for all settings that deploys depend on, at once. What it does not say stays unknown, with why, and hides nothing else. */
export async function readSettings(session: RepositorySession, signal: AbortSignal): Promise<SettingsFacts> {
  const { repository, github, store } = session;
  const setup = await session.setup();
  const read = <T>(ask: Promise<T>) => readOf(ask, signal);
  const [repositoryFacts, environments, overview, hasProtectedBranches, repositorySecrets] = await Promise.all([
    read(setup.repositoryFacts(repository, signal)),
    read(setup.environments(repository, signal)),
    read(github.overview(repository, [], signal)),
    read(setup.hasProtectedBranches(repository, signal)),
    read(setup.secrets(repository, 'repository', signal)),
  ]);
  const isPersonal = repositoryFacts.is === 'read' && !repositoryFacts.value.isOrganization;
  const organizationSecrets = isPersonal ? nothing : await read(setup.secrets(repository, 'organization', signal));
  return {
    repository,
    now: github.serverNow(),
    targets: store.state.environments.map(({ target }) => target),
    named: await namedEnvironments(session, overview),
    environments,
    deployedTo: mapped(overview, ({ deployments }) => deployments.map(({ environment }) => environment.toLowerCase())),
    hasProtectedBranches,
    repositorySecrets,
    organizationSecrets,
    environmentSecrets: await secretsOfEnvironments(setup, session, environments.is === 'read' ? environments.value.map(({ name }) => name) : [], signal),
  };
}

const nothing: Read<readonly never[]> = { is: 'read', value: [] };

async function secretsOfEnvironments(setup: GitHubSetup, { repository }: RepositorySession, names: readonly string[], signal: AbortSignal): Promise<SettingsFacts['environmentSecrets']> {
  const entries = names.map(async (name) => [name.toLowerCase(), await readOf(setup.secrets(repository, { environment: name }, signal), signal)] as const);
  return new Map(await Promise.all(entries));
}

/** Every name that a job of the default branch's workflows can give, for its secrets only as well. */
async function namedEnvironments(session: RepositorySession, overview: Read<Overview>): Promise<SettingsFacts['named']> {
  if (overview.is === 'unknown') return overview;
  const reader = await session.workflowFiles();
  const files = overview.value.workflowFiles.map(({ path, text }) => reader.parse(path, text));
  const names = files.flatMap((file) =>
    file.environments.flatMap((use) => [...namesOf(use), ...(file.dispatchInputs ?? []).filter((input) => use.inputs.includes(input.name)).flatMap(({ options }) => options)]),
  );
  const isOpen = files.some((file) => file.problem !== undefined || file.environments.some((use) => use.isExpression && takesAnyName(use, file.dispatchInputs ?? [])));
  return { is: 'read', value: { names: [...new Set(names.map((name) => name.toLowerCase()))], isSure: !isOpen } };
}

function namesOf(use: EnvironmentUse): readonly string[] {
  return use.isExpression ? [...use.candidates, ...expressionOutcomes(use.name).map(({ environment }) => environment)] : [use.name];
}

function takesAnyName(use: EnvironmentUse, inputs: readonly { readonly name: string; readonly type: string }[]): boolean {
  if (use.inputs.length === 0) return use.candidates.length === 0;
  return inputs.some(({ name, type }) => use.inputs.includes(name) && type !== 'choice');
}
