import type { RepositoryId } from '../core/repositoryId.ts';

/** The parameters that every route under `/repos/{owner}/{repo}` takes. */
export function repositoryPath({ owner, name }: RepositoryId): { readonly owner: string; readonly repo: string } {
  return { owner, repo: name };
}
