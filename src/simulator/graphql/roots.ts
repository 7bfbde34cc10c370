import { checkSingleSignOn, roleIn, samlRefusal } from '../access.ts';
import { Refusal } from '../rest/call.ts';
import { reviewRun } from '../world/control.ts';
import type { Repository, Run } from '../world/model.ts';
import { parseNodeId, type NodeKind } from '../world/nodeIds.ts';
import { GraphError, type Args, type Graph, type GraphNode } from './graph.ts';

/** Where queries begin. */
export function queryRoot(graph: Graph, rateLimit: () => GraphNode | null): GraphNode {
  const { world, token, nodes } = graph;
  return {
    __typename: 'Query',
    fields: {
      viewer: () => nodes.actor(graph, world.account(token.login)),
      rateLimit,
      repository: ({ owner, name }: Args) => {
        const match = world.repository(String(owner), String(name));
        if (!match || !mayRead(graph, match)) {
          throw new GraphError('NOT_FOUND', `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`);
        }
        return nodes.repository(graph, match);
      },
      user: ({ login }: Args) => {
        const match = world.accounts.get(String(login).toLowerCase());
        if (match?.kind !== 'User') throw new GraphError('NOT_FOUND', `Could not resolve to a User with the login of '${String(login)}'.`);
        return nodes.actor(graph, match);
      },
      node: ({ id }: Args) => nodeById(graph, String(id)),
      nodes: ({ ids }: Args) => (Array.isArray(ids) ? ids : []).map((id) => nodeOrError(graph, String(id))),
    },
  };
}

/** Where mutations begin: a reviewer's word, the only change that the graph offers here. */
export function mutationRoot(graph: Graph): GraphNode {
  return {
    __typename: 'Mutation',
    fields: {
      approveDeployments: ({ input }: Args) => review(graph, input as Args, 'approved'),
      rejectDeployments: ({ input }: Args) => review(graph, input as Args, 'rejected'),
    },
  };
}

function review(graph: Graph, input: Args, state: 'approved' | 'rejected'): GraphNode {
  const { world, token, nodes } = graph;
  const run = runById(graph, String(input['workflowRunId']));
  const ids = Array.isArray(input['environmentIds']) ? input['environmentIds'].map((id) => Number(parseNodeId(String(id))?.key)) : [];
  const environments = run?.repository.environments.filter(({ id }) => ids.includes(id)) ?? [];
  if (!run || environments.length !== ids.length) throw new GraphError('NOT_FOUND', 'Could not resolve to a node with the global id');
  const comment = typeof input['comment'] === 'string' ? input['comment'] : '';
  const deployments = reviewRun(world, run, environments, { state, comment, user: token.login });
  if (!deployments) throw new GraphError('UNPROCESSABLE', 'There are no pending deployment requests to approve or reject');
  return {
    __typename: state === 'approved' ? 'ApproveDeploymentsPayload' : 'RejectDeploymentsPayload',
    fields: {
      clientMutationId: input['clientMutationId'] ?? null,
      deployments: () => deployments.map((one) => nodes.deployment(graph, run.repository, one)),
    },
  };
}

/** In a list only the item that cannot be found is null. */
function nodeOrError(graph: Graph, id: string): GraphNode | GraphError {
  try {
    return nodeById(graph, id);
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

function nodeById(graph: Graph, id: string): GraphNode {
  const { nodes, world } = graph;
  const parsed = parseNodeId(id);
  const repository = parsed && world.repositories.find((one) => one.id === parsed.repositoryId && mayRead(graph, one));
  const node = repository && nodeIn(graph, repository, parsed.kind, parsed.key);
  if (node) return node;
  const account = parsed?.repositoryId === 0 ? world.accounts.get(parsed.key) : undefined;
  if (account) return nodes.actor(graph, account);
  throw new GraphError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

function nodeIn(graph: Graph, repository: Repository, kind: NodeKind, key: string): GraphNode | undefined {
  const { nodes } = graph;
  const id = Number(key);
  const finders: Partial<Record<NodeKind, () => GraphNode | undefined>> = {
    WorkflowRun: () => found(repository.runById.get(id), (one) => nodes.run(graph, one)),
    CheckRun: () => found(repository.jobById.get(id), (one) => nodes.checkRun(graph, one)),
    Commit: () => found(repository.commits.get(key), (one) => nodes.commit(graph, repository, one)),
    Deployment: () => found(repository.deployments.find((one) => one.id === id), (one) => nodes.deployment(graph, repository, one)),
    Environment: () => found(repository.environments.find((one) => one.id === id), (one) => nodes.environment(graph, repository, one)),
    Release: () => found(repository.releases.find((one) => one.id === id), (one) => nodes.release(graph, repository, one)),
    Repository: () => nodes.repository(graph, repository),
  };
  return finders[kind]?.();
}

function found<T>(thing: T | undefined, toNode: (thing: T) => GraphNode): GraphNode | undefined {
  return thing && toNode(thing);
}

function runById(graph: Graph, id: string): Run | undefined {
  const parsed = parseNodeId(id);
  const repository = graph.world.repositories.find((one) => one.id === parsed?.repositoryId && mayRead(graph, one));
  return parsed?.kind === 'WorkflowRun' ? repository?.runById.get(Number(parsed.key)) : undefined;
}

function mayRead({ world, token }: Graph, repository: Repository): boolean {
  if (roleIn(repository, token) === undefined) return false;
  try {
    checkSingleSignOn(world, repository, token);
    return true;
  } catch (error) {
    if (error instanceof Refusal) throw new GraphError('FORBIDDEN', samlRefusal().message);
    throw error;
  }
}
