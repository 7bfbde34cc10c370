import type { Deployment, DeploymentState, Environment, Job, Repository } from './model.ts';
import type { World } from './world.ts';

/** What is said about a deployment. */
export interface Announcement {
  readonly state: DeploymentState;
  readonly description: string;
  /** Who says so; else whoever started the run. */
  readonly creator?: string;
}

/**
 * The record GitHub makes by itself for a job with an `environment`: it carries the *run's* commit and branch,
 * whatever version the job ships.
 */
export function recordDeployment(world: World, job: Job, environment: string): Deployment {
  const { run } = job;
  return addDeployment(world, run.repository, {
    sha: run.sha,
    ref: run.branch,
    task: 'deploy',
    environment: environmentNamed(world, run.repository, environment).name,
    description: null,
    payload: {},
    creator: job.attempt.triggeringActor,
    transient: false,
    production: environment.toLowerCase() === 'production',
    job,
  });
}

/** Adds a deployment record without any status yet. */
export function addDeployment(
  world: World,
  repository: Repository,
  fields: Omit<Deployment, 'id' | 'createdAt' | 'updatedAt' | 'statuses'>,
): Deployment {
  const deployment = { ...fields, id: world.id('deployment'), createdAt: world.now, updatedAt: world.now, statuses: [] };
  repository.deployments.push(deployment);
  return deployment;
}

/**
 * Adds a status. A success makes the earlier successes of the same environment inactive, unless they are transient
 * or production deployments (`auto_inactive` of GitHub's "Create a deployment status").
 */
export function announce(world: World, deployment: Deployment, { state, description, creator }: Announcement): void {
  const { job } = deployment;
  const who = creator ?? job?.attempt.triggeringActor ?? deployment.creator;
  addStatus(world, deployment, state, description, who);
  if (state !== 'success' || !job) return;
  for (const earlier of job.run.repository.deployments) {
    const retires = earlier !== deployment && !earlier.transient && !earlier.production &&
      earlier.environment === deployment.environment && earlier.statuses.at(-1)?.state === 'success';
    if (retires) addStatus(world, earlier, 'inactive', '', who);
  }
}

/** The environment of that name, in any case; a run that names an unknown one creates it, unprotected. */
export function environmentNamed(world: World, repository: Repository, name: string): Environment {
  const known = repository.environments.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (known) return known;
  const created: Environment = {
    id: world.id('environment'),
    name,
    createdAt: world.now,
    pinned: false,
    protection: UNPROTECTED,
    secrets: [],
    variables: {},
    written: new Map(),
  };
  repository.environments.push(created);
  return created;
}

/** No reviewers, no waiting, any branch. */
export const UNPROTECTED: Environment['protection'] = {
  reviewers: [], preventSelfReview: false, waitMinutes: 0, policy: 'any',
};

/** Adds one status as given, with no effect on other deployments. */
export function addStatus(
  world: World, deployment: Deployment, state: DeploymentState, description: string, creator: string,
): void {
  const { job } = deployment;
  deployment.updatedAt = world.now;
  deployment.statuses.push({
    id: world.id('deploymentStatus'),
    state,
    at: world.now,
    description,
    environmentUrl: state === 'waiting' || state === 'queued' ? '' : (job?.environmentUrl ?? ''),
    creator,
    ...(job ? { logPath: `/${job.run.repository.owner}/${job.run.repository.name}/actions/runs/${job.run.id}${job.record === deployment ? '' : `/job/${job.id}`}` } : {}),
  });
}
