import { json, type SimResponse } from '../http.ts';
import { deploymentWire, pendingWire, reviewWire } from '../wire/environmentWire.ts';
import { reviewRun, waitingJobs } from '../world/control.ts';
import { notForIntegrations, unprocessable, type RepositoryCall } from './call.ts';
import type { RepositoryRoutes } from './routes.ts';
import { runOf } from './runRoutes.ts';

/** Deployments that wait for a reviewer, and the reviewer's word. Reviewers need read access only. */
export const reviewRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments': (call) =>
    json(waitingJobs(runOf(call)).map((job) => pendingWire(call.world, call.urls, job, call.login))),
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments': review,
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals': (call) =>
    json(runOf(call).reviews.map((one) => reviewWire(call.world, call.urls, call.repository, one))),
};

function review(call: RepositoryCall): SimResponse {
  const { world, urls, repository, body } = call;
  if (call.token.kind === 'integration') throw notForIntegrations('deployments=write');
  const { environment_ids: ids, state, comment } = body;
  if (!Array.isArray(ids) || (state !== 'approved' && state !== 'rejected') || typeof comment !== 'string') {
    throw unprocessable('Invalid request.\n\n"environment_ids", "state" and "comment" are required.');
  }
  const environments = repository.environments.filter(({ id }) => ids.includes(id));
  if (environments.length !== ids.length) throw unprocessable('One or more environment IDs are invalid.');
  const deployments = reviewRun(world, runOf(call), environments, { state, comment, user: call.login });
  if (!deployments) throw unprocessable('There are no pending deployment requests to approve or reject');
  return json(deployments.map((one) => deploymentWire(world, urls, repository, one)));
}
