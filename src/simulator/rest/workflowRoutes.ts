import { empty, json } from '../http.ts';
import { repositoryApi, repositoryPage } from '../wire/urls.ts';
import { runWire, workflowWire } from '../wire/runWire.ts';
import { dispatch, DispatchRefused, findWorkflow } from '../world/triggers.ts';
import { found, mayWrite, param, Refusal, unprocessable, type RepositoryCall } from './call.ts';
import { countedAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';
import { filteredRuns } from './runFilters.ts';

/** Workflows, and the dispatch that starts them. */
export const workflowRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/actions/workflows': (call) =>
    countedAnswer('workflows', pageOf(call, call.repository.workflows), (one) => workflowWire(call.urls, call.repository, one)),
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}': (call) =>
    json(workflowWire(call.urls, call.repository, found(findWorkflow(call.repository, param(call, 'workflow_id'))))),
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs': (call) => {
    const workflow = found(findWorkflow(call.repository, param(call, 'workflow_id')));
    const { runs, total, excludePullRequests } = filteredRuns(call, (run) => run.workflow === workflow);
    return countedAnswer('workflow_runs', { ...pageOf(call, runs), total }, (run) =>
      runWire(call.world, call.urls, run, { excludePullRequests }));
  },
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches': startWorkflow,
};

function startWorkflow(call: RepositoryCall): ReturnType<typeof json> {
  const { world, urls, repository, body, apiVersion } = call;
  mayWrite(call, 'actions=write');
  const workflow = found(findWorkflow(repository, param(call, 'workflow_id')));
  const known = ['ref', 'inputs', ...(world.server.returnsRunDetails ? ['return_run_details'] : [])];
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unprocessable(`Invalid request.\n\n"${unknown}" is not a permitted key.`);
  if (typeof body['ref'] !== 'string') throw unprocessable('Invalid request.\n\n"ref" wasn\'t supplied.');
  const inputs = (body['inputs'] ?? {}) as Record<string, unknown>;
  try {
    const run = dispatch(world, repository, workflow, { ref: body['ref'], inputs, actor: call.login });
    const wantsDetails = apiVersion >= '2026-03-10' || body['return_run_details'] === true;
    if (!wantsDetails) return empty();
    return json({
      workflow_run_id: run.id,
      run_url: `${repositoryApi(urls, repository)}/actions/runs/${run.id}`,
      html_url: `${repositoryPage(urls, repository)}/actions/runs/${run.id}`,
    });
  } catch (error) {
    if (error instanceof DispatchRefused) throw new Refusal(error.status, error.message);
    throw error;
  }
}
