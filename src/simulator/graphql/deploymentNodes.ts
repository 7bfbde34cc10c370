import { iso } from '../wire/urls.ts';
import type { Deployment, DeploymentStatus, Environment, Repository } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { connection } from './connection.ts';
import { teamNode } from './actorNodes.ts';
import type { Args, Graph, GraphNode } from './graph.ts';

/** A `Deployment` with its statuses, newest first. */
export function deploymentNode(graph: Graph, repository: Repository, deployment: Deployment): GraphNode {
  const { world, nodes } = graph;
  const status = (one: DeploymentStatus): GraphNode => statusNode(graph, repository, deployment, one);
  const latest = deployment.statuses.at(-1);
  const commit = repository.commits.get(deployment.sha);
  const tag = repository.tags.get(deployment.ref);
  return {
    __typename: 'Deployment',
    fields: {
      id: nodeId('Deployment', repository.id, deployment.id),
      databaseId: deployment.id,
      environment: deployment.environment,
      originalEnvironment: deployment.environment,
      latestEnvironment: deployment.environment,
      state: stateOf(latest),
      task: deployment.task,
      payload: JSON.stringify(deployment.payload),
      description: deployment.description,
      commitOid: deployment.sha,
      commit: () => (commit ? nodes.commit(graph, repository, commit) : null),
      createdAt: iso(deployment.createdAt),
      updatedAt: iso(deployment.updatedAt),
      ref: () => nodes.branch(graph, repository, deployment.ref) ?? (tag ? nodes.tag(graph, repository, tag) : null),
      creator: () => nodes.actor(graph, world.account(deployment.creator)),
      repository: () => nodes.repository(graph, repository),
      statuses: (args: Args) => connection('DeploymentStatusConnection', deployment.statuses.toReversed(), args, status),
      latestStatus: () => (latest ? status(latest) : null),
    },
  };
}

/** `Deployment.state`: what its latest status makes of it; a success is `ACTIVE`. */
function stateOf(latest: DeploymentStatus | undefined): string {
  if (!latest) return 'PENDING';
  return latest.state === 'success' ? 'ACTIVE' : latest.state.toUpperCase();
}

function statusNode(graph: Graph, repository: Repository, deployment: Deployment, status: DeploymentStatus): GraphNode {
  return {
    __typename: 'DeploymentStatus',
    fields: {
      id: nodeId('DeploymentStatus', repository.id, `${deployment.id}.${status.id}`),
      state: status.state.toUpperCase(),
      createdAt: iso(status.at),
      updatedAt: iso(status.at),
      description: status.description,
      environment: deployment.environment,
      environmentUrl: status.environmentUrl === '' ? null : status.environmentUrl,
      logUrl: status.logPath === undefined ? null : graph.urls.web + status.logPath,
      creator: () => graph.nodes.actor(graph, graph.world.account(status.creator)),
      deployment: () => deploymentNode(graph, repository, deployment),
    },
  };
}

/** An `Environment` with its protection rules. */
export function environmentNode(graph: Graph, repository: Repository, environment: Environment): GraphNode {
  const { protection } = environment;
  const rules: readonly [type: string, timeout: number][] = [
    ...(protection.waitMinutes > 0 ? [['WAIT_TIMER', protection.waitMinutes] as [string, number]] : []),
    ...(protection.reviewers.length > 0 ? [['REQUIRED_REVIEWERS', 0] as [string, number]] : []),
    ...(protection.policy === 'any' ? [] : [['BRANCH_POLICY', 0] as [string, number]]),
  ];
  return {
    __typename: 'Environment',
    fields: {
      id: nodeId('Environment', repository.id, environment.id),
      databaseId: environment.id,
      name: environment.name,
      isPinned: environment.pinned,
      pinnedPosition: environment.pinned ? 1 : null,
      protectionRules: (args: Args) => connection('DeploymentProtectionRuleConnection', rules, args, ([type, timeout]) => ({
        __typename: 'DeploymentProtectionRule',
        fields: {
          databaseId: environment.id * 10 + rules.findIndex(([one]) => one === type),
          type,
          timeout,
          preventSelfReview: type === 'REQUIRED_REVIEWERS' ? protection.preventSelfReview : null,
          reviewers: (more: Args) => reviewersConnection(graph, type === 'REQUIRED_REVIEWERS' ? environment : undefined, more),
        },
      })),
      latestCompletedDeployment: () => {
        const found = repository.deployments.findLast((one) =>
          one.environment === environment.name && one.statuses.some(({ state }) => state === 'success' || state === 'failure' || state === 'error'));
        return found ? deploymentNode(graph, repository, found) : null;
      },
    },
  };
}

/** The people and teams who may review, as a connection. */
export function reviewersConnection(graph: Graph, environment: Environment | undefined, args: Args): GraphNode {
  const reviewers = environment?.protection.reviewers ?? [];
  const nodes = reviewers.flatMap(({ type, name }) => {
    if (type === 'User') return [graph.nodes.actor(graph, graph.world.account(name))];
    const team = graph.world.teams.find(({ slug }) => slug === name);
    return team ? [teamNode(graph, team)] : [];
  });
  return connection('DeploymentReviewerConnection', nodes, args, (one) => one);
}
