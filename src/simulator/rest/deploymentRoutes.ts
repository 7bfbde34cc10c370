import { json, type SimResponse } from '../http.ts';
import { deploymentWire, statusWire } from '../wire/environmentWire.ts';
import { addDeployment, addStatus, environmentNamed } from '../world/deployments.ts';
import { resolveRef } from '../world/history.ts';
import type { Deployment, DeploymentState } from '../world/model.ts';
import { found, mayWrite, param, Refusal, unprocessable, type RepositoryCall } from './call.ts';
import { arrayAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';

const STATES: readonly string[] = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'];

/** Deployments and what was said about them, newest first. */
export const deploymentRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/deployments': (call) => {
    const { repository, query } = call;
    const chosen = repository.deployments.filter((one) =>
      matches(query.get('environment'), one.environment, true) && matches(query.get('ref'), one.ref) &&
      matches(query.get('sha'), one.sha) && matches(query.get('task'), one.task)).toReversed();
    return arrayAnswer(pageOf(call, chosen), (one) => deploymentWire(call.world, call.urls, repository, one));
  },
  'GET /repos/{owner}/{repo}/deployments/{deployment_id}': (call) =>
    json(deploymentWire(call.world, call.urls, call.repository, deploymentOf(call))),
  'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': (call) => {
    const deployment = deploymentOf(call);
    return arrayAnswer(pageOf(call, deployment.statuses.toReversed()), (status) =>
      statusWire(call.world, call.urls, call.repository, deployment, status));
  },
  'POST /repos/{owner}/{repo}/deployments': create,
  'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': say,
};

function create(call: RepositoryCall): SimResponse {
  const { world, urls, repository, body } = call;
  mayWrite(call, 'deployments=write');
  const ref = textOf(body['ref']);
  const commit = ref === undefined ? undefined : resolveRef(repository, ref);
  if (ref === undefined || !commit) throw unprocessable(`No ref found for: ${ref ?? ''}`);
  const contexts = body['required_contexts'];
  if (!Array.isArray(contexts) && (repository.requiredChecks.get(ref)?.length ?? 0) > 0) {
    throw new Refusal(409, 'Conflict: Commit status checks failed for the ref.');
  }
  const environment = environmentNamed(world, repository, textOf(body['environment']) ?? 'production');
  const payload = body['payload'];
  const deployment = addDeployment(world, repository, {
    sha: commit.sha,
    ref,
    task: textOf(body['task']) ?? 'deploy',
    environment: environment.name,
    description: textOf(body['description']) ?? null,
    payload: typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {},
    creator: call.login,
    transient: body['transient_environment'] === true,
    production: (body['production_environment'] ?? environment.name === 'production') === true,
  });
  return json(deploymentWire(world, urls, repository, deployment), 201);
}

function say(call: RepositoryCall): SimResponse {
  const { world, urls, repository, body } = call;
  mayWrite(call, 'deployments=write');
  const deployment = deploymentOf(call);
  const state = textOf(body['state']);
  if (state === undefined || !STATES.includes(state)) throw unprocessable(`Invalid state: ${state ?? ''}`);
  addStatus(world, deployment, state as DeploymentState, textOf(body['description']) ?? '', call.login);
  const status = deployment.statuses.at(-1);
  return json(statusWire(world, urls, repository, deployment, found(status)), 201);
}

function deploymentOf(call: RepositoryCall): Deployment {
  const id = Number(param(call, 'deployment_id'));
  return found(call.repository.deployments.find((one) => one.id === id));
}

function matches(wanted: string | null, actual: string, ignoreCase = false): boolean {
  if (wanted === null || wanted === '' || wanted === 'none') return true;
  return ignoreCase ? wanted.toLowerCase() === actual.toLowerCase() : wanted === actual;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
