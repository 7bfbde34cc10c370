import { isDeployError } from '../core/deployError.ts';
import type { RepositoryFacts, Reviewer, SetupViewer } from '../core/gitHubSetup.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Paging } from './paging.ts';
import { repositoryPath } from './repositoryPath.ts';
import { toFacts, toPeople, toTeams, toViewer } from './setupMapper.ts';
import type { Wire } from './wire.ts';

export function readViewer(wire: Wire, signal?: AbortSignal): Promise<SetupViewer> {
  return wire.get('GET /user', {}, toViewer, { signal });
}

export function readFacts(wire: Wire, repository: RepositoryId, signal?: AbortSignal): Promise<RepositoryFacts> {
  return wire.get('GET /repos/{owner}/{repo}', repositoryPath(repository), toFacts, { signal });
}

/** Whoever may be assigned an issue may review; teams only where the account may list them, for they are a convenience. */
export async function readReviewerCandidates(paging: Paging, repository: RepositoryId, signal?: AbortSignal): Promise<readonly Reviewer[]> {
  const [people, teams] = await Promise.all([
    paging.all('GET /repos/{owner}/{repo}/assignees', repositoryPath(repository), toPeople, 10, { signal }),
    paging.all('GET /repos/{owner}/{repo}/teams', repositoryPath(repository), toTeams, 10, { signal }).catch((error: unknown) => {
      if (isDeployError(error) && ['forbidden', 'notFound', 'missingScope'].includes(error.kind)) return [];
      throw error;
    }),
  ]);
  return [...people, ...teams];
}

export function hasProtectedBranches(wire: Wire, repository: RepositoryId, signal?: AbortSignal): Promise<boolean> {
  const parameters = { ...repositoryPath(repository), protected: true, per_page: 1 };
  return wire.get('GET /repos/{owner}/{repo}/branches', parameters, (branches: readonly unknown[]) => branches.length > 0, { signal, purpose: 'protected' });
}
