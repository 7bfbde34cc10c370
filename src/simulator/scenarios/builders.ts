import { sha } from '../world/chance.ts';
import { UNPROTECTED } from '../world/deployments.ts';
import type { Commit, Environment, FileChange, Protection, Release, Repository, Role, Tag } from '../world/model.ts';
import type { World } from '../world/world.ts';

/** Adds a repository without any commit. */
export function addRepository(
  world: World,
  fields: {
    readonly id?: number;
    readonly owner: string;
    readonly name: string;
    readonly description?: string;
    readonly private?: boolean;
    readonly parent?: Repository;
    readonly collaborators: Readonly<Record<string, Role>>;
  },
): Repository {
  const { owner, name, description = '', parent } = fields;
  const repository: Repository = {
    id: fields.id ?? world.id('repository'),
    owner,
    name,
    description,
    private: fields.private ?? true,
    archived: false,
    ...(parent ? { parent } : {}),
    createdAt: world.now,
    pushedAt: world.now,
    defaultBranch: 'main',
    collaborators: new Map(Object.entries(fields.collaborators)),
    commits: new Map(),
    branches: new Map(),
    tags: new Map(),
    releases: [],
    workflows: [],
    environments: [],
    deployments: [],
    runs: [],
    runById: new Map(),
    jobById: new Map(),
    groups: new Map(),
    sites: new Map(),
    servers: new Map(),
    secrets: [],
    organizationSecrets: [],
    variables: {},
    requiredChecks: new Map(),
    pullRequests: 0,
    openedPulls: [],
    plan: 'enterprise',
    looseBlobs: new Map(),
    looseTrees: new Map(),
  };
  world.repositories.push(repository);
  return repository;
}

/** Adds a commit to the graph; no branch moves. Its tree is its first parent's, with `files` laid over it. */
export function addCommit(
  world: World,
  repository: Repository,
  fields: {
    readonly message: string;
    readonly author: string;
    readonly parents: readonly string[];
    readonly pullRequest?: Commit['pullRequest'];
    readonly changes?: readonly FileChange[];
    readonly files?: ReadonlyMap<string, string>;
    /** Paths of executable files, besides the parent's. */
    readonly executables?: readonly string[];
  },
): Commit {
  const { message, author, parents, files } = fields;
  const parent = repository.commits.get(parents[0] ?? '');
  const before: ReadonlyMap<string, string> = parent?.files ?? new Map<string, string>();
  const executables = fields.executables === undefined ? parent?.executables : new Set([...(parent?.executables ?? []), ...fields.executables]);
  const commit: Commit = {
    sha: sha(`${repository.owner}/${repository.name} ${repository.commits.size} ${message} ${world.chance.next()}`),
    message,
    author,
    at: world.now,
    order: repository.commits.size,
    parents,
    ...(fields.pullRequest ? { pullRequest: fields.pullRequest } : {}),
    changes: fields.changes ?? [],
    files: files ? new Map([...before, ...files]) : before,
    ...(executables === undefined ? {} : { executables }),
  };
  repository.commits.set(commit.sha, commit);
  return commit;
}

/** Tags a commit; with a message the tag is annotated. */
export function addTag(world: World, repository: Repository, name: string, commit: string, tagger?: string, message?: string): Tag {
  const tag: Tag = {
    name,
    commit,
    ...(tagger !== undefined && message !== undefined
      ? { annotation: { sha: sha(`tag ${repository.id} ${name} ${commit}`), message, tagger, at: world.now } }
      : {}),
  };
  repository.tags.set(name, tag);
  return tag;
}

/** Adds a release as of now. */
export function addRelease(
  world: World,
  repository: Repository,
  fields: Pick<Release, 'tagName' | 'author' | 'target'> & Partial<Pick<Release, 'name' | 'body' | 'draft' | 'prerelease'>>,
): Release {
  const { tagName, author, target, name = tagName, body = '', draft = false, prerelease = false } = fields;
  const release: Release = {
    id: world.id('release'), tagName, name, body, target, draft, prerelease, author, createdAt: world.now,
    ...(draft ? {} : { publishedAt: world.now }),
  };
  repository.releases.push(release);
  return release;
}

/** Adds an environment, open to everybody unless protected. */
export function addEnvironment(
  world: World,
  repository: Repository,
  name: string,
  fields: { readonly protection?: Partial<Protection>; readonly secrets?: readonly string[]; readonly variables?: Readonly<Record<string, string>>; readonly pinned?: boolean } = {},
): Environment {
  const environment: Environment = {
    id: world.id('environment'),
    name,
    createdAt: world.now,
    pinned: fields.pinned ?? false,
    protection: { ...UNPROTECTED, ...fields.protection },
    secrets: [...(fields.secrets ?? [])],
    variables: { ...fields.variables },
    written: new Map(),
  };
  repository.environments.push(environment);
  return environment;
}
