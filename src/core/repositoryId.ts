import type { GitHubHost } from './gitHubHost.ts';

/** One repository on one host. */
export interface RepositoryId {
  readonly host: GitHubHost;
  readonly owner: string;
  readonly name: string;
}

/** A stable key, equal exactly when two ids name the same repository (GitHub's owner and repository names ignore case). */
export function repositoryKey({ host, owner, name }: RepositoryId): string {
  return `${host.authority}/${owner}/${name}`.toLowerCase();
}

/** `owner/name`, as GitHub writes it. */
export function fullName({ owner, name }: RepositoryId): string {
  return `${owner}/${name}`;
}

/** The repository's page. */
export function repositoryUrl({ host, owner, name }: RepositoryId): string {
  return `${host.webUrl}/${owner}/${name}`;
}
