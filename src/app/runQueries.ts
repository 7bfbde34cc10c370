import type { RunQuery } from '../core/gitHub.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { EnvironmentState, RunFilter } from './repositoryState.ts';

/** Runs on one page: about 12 KB each, so about as many as a view shows. */
export const runsPerPage = 16;

/**
 * The queries whose answers together hold the runs of a filter. GitHub knows no environment of a run, so an environment means the
 * workflows that deploy to it, and the rest is filtered from their answers.
 */
export function runQueries(
  filter: RunFilter,
  environments: readonly EnvironmentState[],
  viewer: string | undefined,
): readonly RunQuery[] {
  const query: RunQuery = {
    page: 1,
    perPage: runsPerPage,
    ...(filter.branch === undefined ? {} : { branch: filter.branch }),
    ...(filter.status === undefined ? {} : { status: filter.status }),
    ...(filter.mine && viewer !== undefined ? { actor: viewer } : {}),
  };
  if (filter.workflow !== undefined) return [{ ...query, workflow: filter.workflow }];
  if (filter.environment === undefined) return [query];
  const name = filter.environment;
  const target = environments.find((one) => sameEnvironment(one.target.environment, name))?.target;
  const paths = new Set([target?.deploy, target?.rollback].flatMap((workflow) => workflow?.file.path ?? []));
  return [...paths].map((workflow) => ({ ...query, workflow }));
}

/** True when the filter lets every run pass. */
export function isUnfiltered(filter: RunFilter): boolean {
  return Object.values(filter).every((value) => value === undefined || value === false || value === '');
}
