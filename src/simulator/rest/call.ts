import type { Budgets } from '../budgets.ts';
import { json, type SimRequest, type SimResponse } from '../http.ts';
import type { Urls } from '../wire/urls.ts';
import type { Repository, Role } from '../world/model.ts';
import { isGranted, type Token } from '../world/tokens.ts';
import type { World } from '../world/world.ts';

/** One REST request, understood: who asks what, and for which repository. */
export interface RestCall {
  readonly world: World;
  readonly request: SimRequest;
  readonly urls: Urls;
  readonly apiVersion: string;
  readonly token: Token;
  /** The account behind the token. */
  readonly login: string;
  /** Values of the route's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body; an empty object when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly links: DownloadLinks;
  readonly budgets: Budgets;
}

/** The same for a route under `/repos/{owner}/{repo}` of a repository that the token may see. */
export interface RepositoryCall extends RestCall {
  readonly repository: Repository;
  readonly role: Role;
}

/** Hands out addresses that work for one minute without a token, as GitHub does for logs. */
export interface DownloadLinks {
  issue(name: string, body: () => string): string;
}

/** A refusal in GitHub's words; the router turns it into an answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number, message: string, details: Readonly<Record<string, unknown>> = {}, headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.details = details;
    this.headers = headers;
  }

  /** The `basic-error` that a client reads. */
  answer(): SimResponse {
    return json({ message: this.message, documentation_url: 'https://docs.github.com/rest', status: String(this.status), ...this.details }, this.status, this.headers);
  }
}

/** The answer for what does not exist, or must not be seen. */
export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** The value, or the 404 for a missing one. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}

/** A 422 about a field. */
export function unprocessable(message: string, errors?: readonly Readonly<Record<string, unknown>>[]): Refusal {
  return new Refusal(422, message, errors ? { errors } : {});
}

/** A parameter of the route. */
export function param(call: RestCall, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route has no parameter {${name}}`);
  return value;
}

/** A fine-grained permission, as `x-accepted-github-permissions` spells it. */
export type Permission = `${'actions' | 'administration' | 'contents' | 'deployments' | 'environments' | 'metadata' | 'pull_requests' | 'secrets' | 'variables' | 'workflows'}=${'read' | 'write'}`;

/** What an app's token is told when it lacks a permission. */
export function notForIntegrations(permission: Permission): Refusal {
  return new Refusal(403, 'Resource not accessible by integration', {}, { 'x-accepted-github-permissions': permission });
}

/** The same for a fine-grained token; for what no such token can be given, no permission is named. */
export function notForFineGrained(permission?: Permission): Refusal {
  return new Refusal(403, 'Resource not accessible by personal access token', {}, permission ? { 'x-accepted-github-permissions': permission } : {});
}

/** Settings are an admin's business; a fine-grained token needs the permission besides. */
export function mayAdminister({ token, role }: RepositoryCall, permission: Permission): void {
  if (token.kind === 'integration') throw notForIntegrations(permission);
  if (token.kind === 'fineGrained' && !isGranted(token, permission)) throw notForFineGrained(permission);
  if (role !== 'admin') throw new Refusal(403, 'Must have admin rights to Repository.');
}

/** What a token is told when it may read but not do this: GitHub hides the possibility rather than naming it. */
export function mayWrite({ token, role }: RepositoryCall, permission: Permission): void {
  if (token.kind === 'integration') throw notForIntegrations(permission);
  if (role === 'read' || role === 'triage') throw notFound();
}
