import type { RepositoryId } from '../core/repositoryId.ts';
import { repositoryUrl } from '../core/repositoryId.ts';

/** A run's page. */
export function runPage(repository: RepositoryId, runId: number): string {
  return `${repositoryUrl(repository)}/actions/runs/${runId}`;
}

/** An environment's deployments. */
export function environmentPage(repository: RepositoryId, environment: string): string {
  return `${repositoryUrl(repository)}/deployments/${encodeURIComponent(environment)}`;
}

/** A commit's page. */
export function commitPage(repository: RepositoryId, sha: string): string {
  return `${repositoryUrl(repository)}/commit/${sha}`;
}
