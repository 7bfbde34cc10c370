import type { Probe } from '../core/gitHub.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { repositoryPath } from './repositoryPath.ts';
import type { Parameters, Wire } from './wire.ts';

/** A short page notices nearly everything: a new item moves the others, and what changes is almost always recent. */
const routes: Readonly<Record<Probe, { readonly route: string; readonly parameters: Parameters }>> = {
  runs: { route: 'GET /repos/{owner}/{repo}/actions/runs', parameters: { exclude_pull_requests: true, per_page: 10, page: 1 } },
  deployments: { route: 'GET /repos/{owner}/{repo}/deployments', parameters: { per_page: 10, page: 1 } },
  releases: { route: 'GET /repos/{owner}/{repo}/releases', parameters: { per_page: 10, page: 1 } },
  environments: { route: 'GET /repos/{owner}/{repo}/environments', parameters: { per_page: 100, page: 1 } },
  repository: { route: 'GET /repos/{owner}/{repo}', parameters: {} },
};

/** True unless GitHub says that the resource is as it was when this was asked last; such an answer is free. */
export async function hasChanged(wire: Wire, repository: RepositoryId, probe: Probe, signal?: AbortSignal): Promise<boolean> {
  const { route, parameters } = routes[probe];
  let isNews = false;
  await wire.get(route, { ...repositoryPath(repository), ...parameters }, () => {
    isNews = true;
    return probe;
  }, { signal, purpose: 'probe' });
  return isNews;
}
