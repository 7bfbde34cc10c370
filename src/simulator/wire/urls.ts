import type { SimRequest } from '../http.ts';
import type { Instant, Repository } from '../world/model.ts';

/** The addresses that answers carry: they lead back to where the request came in. */
export interface Urls {
  /** REST's root, without a trailing slash. */
  readonly api: string;
  /** The web pages' root, without a trailing slash. */
  readonly web: string;
}

/** Addresses as seen by whoever sent this request: `api.…` hosts have REST at their root, others under `/api/v3`. */
export function urlsFor(request: SimRequest): Urls {
  const host = request.headers['host'] ?? 'localhost';
  const scheme = request.headers['x-forwarded-proto'] ?? (host.startsWith('api.') ? 'https' : 'http');
  const web = `${scheme}://${host.replace(/^api\./, '')}`;
  return { web, api: host.startsWith('api.') ? `${scheme}://${host}` : `${web}/api/v3` };
}

/** REST's address of a repository. */
export function repositoryApi(urls: Urls, { owner, name }: Pick<Repository, 'owner' | 'name'>): string {
  return `${urls.api}/repos/${owner}/${name}`;
}

/** The web page of a repository. */
export function repositoryPage(urls: Urls, { owner, name }: Pick<Repository, 'owner' | 'name'>): string {
  return `${urls.web}/${owner}/${name}`;
}

/** A time as GitHub writes it: whole seconds, UTC. */
export function iso(instant: Instant): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The same for what may not have happened yet. */
export function isoOrNull(instant: Instant | undefined): string | null {
  return instant === undefined ? null : iso(instant);
}
