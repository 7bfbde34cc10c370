import { roleIn } from '../access.ts';
import { latestRelease, listedReleases } from '../wire/releaseWire.ts';
import { includesRole } from '../wire/repositoryWire.ts';
import { iso, repositoryPage } from '../wire/urls.ts';
import { resolveRef } from '../world/history.ts';
import type { Repository, Tag } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { objectNode } from './commitNodes.ts';
import { connection, ordered } from './connection.ts';
import type { Args, Graph, GraphNode } from './graph.ts';

/** A `Repository`. */
export function repositoryNode(graph: Graph, repository: Repository): GraphNode {
  const { nodes, token, world } = graph;
  const role = roleIn(repository, token);
  const { parent } = repository;
  return {
    __typename: 'Repository',
    fields: {
      id: nodeId('Repository', repository.id, repository.id),
      databaseId: repository.id,
      name: repository.name,
      nameWithOwner: `${repository.owner}/${repository.name}`,
      description: repository.description,
      url: repositoryPage(graph.urls, repository),
      createdAt: iso(repository.createdAt),
      updatedAt: iso(repository.pushedAt),
      pushedAt: iso(repository.pushedAt),
      viewerPermission: token.kind === 'integration' ? null : (role?.toUpperCase() ?? null),
      isPrivate: repository.private,
      isArchived: repository.archived,
      isDisabled: false,
      isFork: parent !== undefined,
      isEmpty: repository.commits.size === 0,
      owner: () => nodes.actor(graph, world.account(repository.owner)),
      parent: () => (parent && roleIn(parent, token) ? repositoryNode(graph, parent) : null),
      defaultBranchRef: () => nodes.branch(graph, repository, repository.defaultBranch),
      ref: ({ qualifiedName }: Args) => refNamed(graph, repository, String(qualifiedName)),
      refs: (args: Args) => refs(graph, repository, args),
      object: ({ expression, oid }: Args) => objectNode(graph, repository, String(expression ?? oid)),
      environment: ({ name }: Args) => {
        const found = repository.environments.find((one) => one.name.toLowerCase() === String(name).toLowerCase());
        return found ? nodes.environment(graph, repository, found) : null;
      },
      environments: (args: Args) => connection('EnvironmentConnection', environments(repository, args), args, (one) =>
        nodes.environment(graph, repository, one)),
      deployments: (args: Args) => connection('DeploymentConnection', deployments(repository, args), args, (one) =>
        nodes.deployment(graph, repository, one)),
      releases: (args: Args) => connection('ReleaseConnection', releases(repository, args, includesRole(role, 'write')), args, (one) =>
        nodes.release(graph, repository, one)),
      release: ({ tagName }: Args) => {
        const found = repository.releases.find((one) => !one.draft && one.tagName === tagName);
        return found ? nodes.release(graph, repository, found) : null;
      },
      latestRelease: () => {
        const found = latestRelease(repository);
        return found ? nodes.release(graph, repository, found) : null;
      },
    },
  };
}

function refNamed(graph: Graph, repository: Repository, name: string): GraphNode | null {
  const short = name.replace(/^refs\/(heads|tags)\//, '');
  const branch = name.startsWith('refs/tags/') ? null : graph.nodes.branch(graph, repository, short);
  const tag = name.startsWith('refs/heads/') ? undefined : repository.tags.get(short);
  return branch ?? (tag ? graph.nodes.tag(graph, repository, tag) : null);
}

function refs(graph: Graph, repository: Repository, args: Args): GraphNode {
  const query = typeof args['query'] === 'string' ? args['query'].toLowerCase() : '';
  const time = (sha: string): number => repository.commits.get(sha)?.at ?? 0;
  const byName = { field: 'ALPHABETICAL', direction: 'ASC' } as const;
  if (args['refPrefix'] === 'refs/tags/') {
    const tags = [...repository.tags.values()].filter(({ name }) => name.toLowerCase().includes(query));
    const sorted = ordered<Tag>(tags, args, { ALPHABETICAL: ({ name }) => name, TAG_COMMIT_DATE: ({ commit }) => time(commit) }, byName);
    return connection('RefConnection', sorted, args, (tag) => graph.nodes.tag(graph, repository, tag));
  }
  const names = args['refPrefix'] === 'refs/heads/' ? [...repository.branches.keys()] : [];
  const sorted = ordered(names.filter((name) => name.toLowerCase().includes(query)), args, {
    ALPHABETICAL: (name) => name, TAG_COMMIT_DATE: (name) => time(resolveRef(repository, name)?.sha ?? ''),
  }, byName);
  return connection('RefConnection', sorted, args, (name) => graph.nodes.branch(graph, repository, name) as GraphNode);
}

function environments(repository: Repository, args: Args): readonly Repository['environments'][number][] {
  const names = args['names'];
  const chosen = Array.isArray(names) && names.length > 0 ? repository.environments.filter(({ name }) => names.includes(name)) : repository.environments;
  return ordered(chosen, args, { NAME: ({ name }) => name.toLowerCase() }, { field: 'NAME', direction: 'ASC' });
}

/** Oldest first unless asked otherwise: GitHub's own default. */
function deployments(repository: Repository, args: Args): readonly Repository['deployments'][number][] {
  const names = Array.isArray(args['environments']) ? args['environments'].map((name) => String(name).toLowerCase()) : [];
  const chosen = names.length === 0 ? repository.deployments : repository.deployments.filter(({ environment }) => names.includes(environment.toLowerCase()));
  return ordered(chosen, args, { CREATED_AT: ({ createdAt }) => createdAt }, { field: 'CREATED_AT', direction: 'ASC' });
}

function releases(repository: Repository, args: Args, seesDrafts: boolean): readonly Repository['releases'][number][] {
  return ordered(listedReleases(repository, seesDrafts).toReversed(), args, {
    CREATED_AT: ({ createdAt }) => createdAt, NAME: ({ name }) => name,
  }, { field: 'CREATED_AT', direction: 'DESC' });
}
