import { mayReview } from '../world/gates.ts';
import type { Deployment, DeploymentStatus, Environment, Job, Repository, Review } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { World } from '../world/world.ts';
import { environmentNamed } from '../world/deployments.ts';
import { actionsApp, simpleUser, teamWire } from './accountWire.ts';
import { iso, isoOrNull, repositoryApi, repositoryPage, type Urls } from './urls.ts';

function named(urls: Urls, repository: Repository, environment: Environment): Record<string, unknown> {
  const escaped = encodeURIComponent(environment.name);
  return {
    id: environment.id,
    node_id: nodeId('Environment', repository.id, environment.id),
    name: environment.name,
    url: `${repositoryApi(urls, repository)}/environments/${escaped}`,
    html_url: `${repositoryPage(urls, repository)}/deployments/activity_log?environments_filter=${escaped}`,
  };
}

/** `environment`; its rules in the order in which GitHub lists them. */
export function environmentWire(world: World, urls: Urls, repository: Repository, environment: Environment): Record<string, unknown> {
  const { protection } = environment;
  const rule = (order: number, type: string, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
    id: environment.id * 10 + order, node_id: nodeId('Gate', repository.id, `${environment.id}.${order}`), type, ...rest,
  });
  return {
    ...named(urls, repository, environment),
    created_at: iso(environment.createdAt),
    updated_at: iso(environment.createdAt),
    protection_rules: [
      ...(protection.waitMinutes > 0 ? [rule(1, 'wait_timer', { wait_timer: protection.waitMinutes })] : []),
      ...(protection.reviewers.length > 0
        ? [rule(2, 'required_reviewers', { prevent_self_review: protection.preventSelfReview, reviewers: reviewersWire(world, urls, environment) })]
        : []),
      ...(protection.policy === 'any' ? [] : [rule(3, 'branch_policy')]),
    ],
    deployment_branch_policy: protection.policy === 'any'
      ? null
      : { protected_branches: protection.policy === 'protected', custom_branch_policies: protection.policy !== 'protected' },
  };
}

/** Those who may review, as people and teams. */
export function reviewersWire(world: World, urls: Urls, environment: Environment): Record<string, unknown>[] {
  return environment.protection.reviewers.flatMap(({ type, name }): Record<string, unknown>[] => {
    if (type === 'User') return [{ type, reviewer: simpleUser(urls, world.account(name)) }];
    const team = world.teams.find(({ slug }) => slug === name);
    return team ? [{ type, reviewer: teamWire(urls, team) }] : [];
  });
}

/** `pending-deployment`: a job that waits, as `login` sees it. */
export function pendingWire(world: World, urls: Urls, job: Job, login: string): Record<string, unknown> {
  const environment = environmentNamed(world, job.run.repository, job.environment ?? '');
  return {
    environment: named(urls, job.run.repository, environment),
    wait_timer: job.gate?.waitMinutes ?? 0,
    wait_timer_started_at: (job.gate?.waitMinutes ?? 0) > 0 ? isoOrNull(job.gate?.since) : null,
    current_user_can_approve: mayReview(world, environment, job.run, login),
    reviewers: reviewersWire(world, urls, environment),
  };
}

/** `environment-approvals`: a reviewer's word. */
export function reviewWire(world: World, urls: Urls, repository: Repository, review: Review): Record<string, unknown> {
  return {
    state: review.state,
    comment: review.comment,
    environments: review.environments.map((name) => {
      const environment = environmentNamed(world, repository, name);
      return { ...named(urls, repository, environment), created_at: iso(environment.createdAt), updated_at: iso(environment.createdAt) };
    }),
    user: simpleUser(urls, world.account(review.user)),
  };
}

/** `deployment`: no state and no run, as on GitHub. */
export function deploymentWire(world: World, urls: Urls, repository: Repository, deployment: Deployment): Record<string, unknown> {
  const url = `${repositoryApi(urls, repository)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId('Deployment', repository.id, deployment.id),
    task: deployment.task,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    created_at: iso(deployment.createdAt),
    updated_at: iso(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryApi(urls, repository),
    creator: simpleUser(urls, world.account(deployment.creator)),
    sha: deployment.sha,
    ref: deployment.ref,
    payload: deployment.payload,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    ...performer(world, urls, repository, deployment),
  };
}

/** `deployment-status`. REST's description has no word for waiting; `pending` is the nearest one it allows. */
export function statusWire(
  world: World, urls: Urls, repository: Repository, deployment: Deployment, status: DeploymentStatus,
): Record<string, unknown> {
  const api = repositoryApi(urls, repository);
  const url = `${api}/deployments/${deployment.id}`;
  const log = status.logPath === undefined ? '' : urls.web + status.logPath;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DeploymentStatus', repository.id, `${deployment.id}.${status.id}`),
    state: status.state === 'waiting' ? 'pending' : status.state,
    creator: simpleUser(urls, world.account(status.creator)),
    description: status.description,
    environment: deployment.environment,
    target_url: log,
    created_at: iso(status.at),
    updated_at: iso(status.at),
    deployment_url: url,
    repository_url: api,
    environment_url: status.environmentUrl,
    log_url: log,
    ...performer(world, urls, repository, deployment),
  };
}

function performer(world: World, urls: Urls, repository: Repository, deployment: Deployment): Record<string, unknown> {
  return { performed_via_github_app: deployment.job ? actionsApp(urls, world.account(repository.owner)) : null };
}
