import type { Overview, Permission } from '../core/gitHub.ts';
import { repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import { graphRefusal, type GraphError } from './graphErrors.ts';
import { nextPage, present, toBranch, toDeployment, toEnvironment, toLocks, toRelease } from './graphMapper.ts';
import type { Nodes, WireBranch, WireDeployment, WireEnvironment, WireLock, WireRelease } from './graphWire.ts';
import { branchesQuery, environmentsQuery, overviewQuery } from './queries.ts';
import type { Parameters, Wire } from './wire.ts';

/** Enough for what usually waits between two deploys; a longer way is counted by comparing. */
const commitsOfBranch = 60;

const slots = ['branch1', 'branch2', 'branch3'] as const;

type BranchSlots = Readonly<Partial<Record<(typeof slots)[number], WireBranch | null>>>;

interface EnvironmentPage extends Nodes<WireEnvironment> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface OverviewData {
  readonly viewer: { readonly login: string } | null;
  readonly repository: (BranchSlots & {
    readonly viewerPermission: string | null;
    readonly isArchived: boolean;
    readonly isEmpty: boolean;
    readonly parent: { readonly nameWithOwner: string } | null;
    readonly defaultBranchRef: WireBranch | null;
    readonly environments: EnvironmentPage | null;
    readonly deployments: (Nodes<WireDeployment> & { readonly pageInfo: { readonly hasNextPage: boolean } }) | null;
    readonly releases: (Nodes<WireRelease> & { readonly totalCount: number }) | null;
    readonly locks: Nodes<WireLock> | null;
    readonly workflows: { readonly entries?: readonly { readonly name: string; readonly object: { readonly text?: string | null } | null }[] | null } | null;
  }) | null;
}

interface EnvironmentsData {
  readonly repository: { readonly environments: EnvironmentPage };
}

interface Loaded {
  readonly overview: Overview;
  readonly environments: EnvironmentPage;
  readonly deployments: readonly WireDeployment[];
}

/** Reads everything the views need but the runs: one query, and further ones only for many branches or environments. */
export class OverviewReader {
  readonly #wire: Wire;
  /** Known from the last time, so that the default branch's commits are not asked for twice; guessed at first, and mended if wrong. */
  readonly #defaultBranches = new Map<string, string>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  async read(repository: RepositoryId, historyOf: readonly string[], signal?: AbortSignal): Promise<Overview> {
    const key = repositoryKey(repository);
    const likelyDefault = this.#defaultBranches.get(key) ?? historyOf.find((branch) => branch === 'main' || branch === 'master');
    const wanted = [...new Set(historyOf)].filter((branch) => branch !== likelyDefault);
    const variables = { owner: repository.owner, name: repository.name };
    const loaded = await this.#wire.query(
      overviewQuery,
      { ...variables, commits: commitsOfBranch, ...slotsFor(wanted.slice(0, slots.length)) },
      (data: OverviewData, errors) => this.#loaded(data, errors),
      signal,
    );
    const { defaultBranch } = loaded.overview;
    if (defaultBranch !== undefined) this.#defaultBranches.set(key, defaultBranch);
    const asked = new Set([...wanted.slice(0, slots.length), defaultBranch]);
    const [branches, environments] = await Promise.all([
      this.#moreBranches(variables, historyOf.filter((branch) => !asked.has(branch)), signal),
      this.#moreEnvironments(variables, loaded.environments, signal),
    ]);
    return {
      ...loaded.overview,
      ...joinBranches([loaded.overview, ...branches]),
      environments: environments.map(toEnvironment),
      deployments: joinDeployments(loaded.deployments, environments).map(toDeployment),
    };
  }

  #loaded({ viewer, repository }: OverviewData, errors: readonly GraphError[]): Loaded {
    const host = this.#wire.host.authority;
    if (!repository) throw graphRefusal(errors.length > 0 ? errors : [{ type: 'NOT_FOUND' }], host);
    const { environments, deployments } = repository;
    // Releases or titles of pull requests may be withheld; without these two there would be nothing true to show.
    if (!environments || !deployments) throw graphRefusal(errors.filter((error) => !isAboutPullRequests(error)), host);
    return {
      environments,
      deployments: present(deployments),
      overview: {
        viewer: viewer?.login ?? '',
        permission: permission(repository.viewerPermission),
        isArchived: repository.isArchived,
        isEmpty: repository.isEmpty,
        parent: repository.parent?.nameWithOwner,
        defaultBranch: repository.defaultBranchRef?.name,
        environments: [],
        deployments: [],
        deploymentsComplete: !deployments.pageInfo.hasNextPage,
        releases: present(repository.releases).map(toRelease),
        releaseCount: repository.releases?.totalCount ?? 0,
        nextReleases: nextPage(repository.releases),
        ...readBranches([repository.defaultBranchRef, ...slots.map((slot) => repository[slot])]),
        locks: toLocks(repository.locks),
        workflowFiles: (repository.workflows?.entries ?? []).flatMap(({ name, object }) =>
          /\.ya?ml$/.test(name) && typeof object?.text === 'string' ? [{ path: `.github/workflows/${name}`, text: object.text }] : []),
      },
    };
  }

  async #moreBranches(variables: Parameters, branches: readonly string[], signal: AbortSignal | undefined): Promise<readonly BranchHistory[]> {
    const groups = Array.from({ length: Math.ceil(branches.length / slots.length) }, (_, index) => branches.slice(index * slots.length, (index + 1) * slots.length));
    return Promise.all(groups.map((group) => this.#wire.query(
      branchesQuery,
      { ...variables, commits: commitsOfBranch, ...slotsFor(group) },
      ({ repository }: { readonly repository: BranchSlots | null }) => readBranches(slots.map((slot) => repository?.[slot])),
      signal,
    )));
  }

  async #moreEnvironments(variables: Parameters, first: EnvironmentPage, signal: AbortSignal | undefined): Promise<readonly WireEnvironment[]> {
    const all = [...present(first)];
    for (let { pageInfo } = first; pageInfo.hasNextPage && pageInfo.endCursor !== null; ) {
      const page: EnvironmentPage = await this.#wire.query(
        environmentsQuery, { ...variables, after: pageInfo.endCursor }, (data: EnvironmentsData) => data.repository.environments, signal,
      );
      all.push(...present(page));
      ({ pageInfo } = page);
    }
    return all;
  }
}

type BranchHistory = Pick<Overview, 'branches' | 'commits'>;

function readBranches(refs: readonly (WireBranch | null | undefined)[]): BranchHistory {
  const read = refs.filter((ref) => ref !== null && ref !== undefined).map(toBranch);
  return joinBranches(read.map(({ head, commits }) => ({ branches: head ? [head] : [], commits })));
}

/** Each branch and each commit once, commits newest first. */
function joinBranches(histories: readonly BranchHistory[]): BranchHistory {
  const branches = new Map(histories.flatMap((history) => history.branches.map((branch) => [branch.name, branch] as const)));
  const commits = new Map(histories.flatMap((history) => history.commits.map((commit) => [commit.sha, commit] as const)));
  return { branches: [...branches.values()], commits: [...commits.values()].toSorted((a, b) => b.committedAt - a.committedAt) };
}

/** The newest hundred, and behind them what the environments know beyond. */
function joinDeployments(newest: readonly WireDeployment[], environments: readonly WireEnvironment[]): readonly WireDeployment[] {
  const all = new Map(newest.map((deployment) => [deployment.databaseId, deployment]));
  for (const { latestCompletedDeployment: older } of environments) {
    if (older && !all.has(older.databaseId)) all.set(older.databaseId, older);
  }
  return [...all.values()].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
}

function slotsFor(branches: readonly string[]): Parameters {
  return Object.fromEntries(slots.flatMap((slot, index) => {
    const branch = branches[index];
    return [[slot, `refs/heads/${branch ?? 'none'}`], [`with${index + 1}`, branch !== undefined]];
  }));
}

function isAboutPullRequests(error: GraphError): boolean {
  return error.path?.includes('associatedPullRequests') ?? false;
}

function permission(word: string | null): Permission {
  const known: readonly Permission[] = ['admin', 'maintain', 'write', 'triage', 'read'];
  return known.find((one) => one === word?.toLowerCase()) ?? 'unknown';
}
