import { ANONYMOUS, checkSingleSignOn, roleIn, tokenOf } from '../access.ts';
import type { Budgets } from '../budgets.ts';
import { empty, type SimRequest, type SimResponse } from '../http.ts';
import { urlsFor } from '../wire/urls.ts';
import { fingerprint } from '../world/chance.ts';
import type { Token } from '../world/tokens.ts';
import type { World } from '../world/world.ts';
import { Refusal, type DownloadLinks, type RestCall } from './call.ts';
import { matchRoute } from './routes.ts';

/** REST's answer to a request whose path is given without `/api/v3`, and what it cost. */
export interface RestAnswer {
  readonly response: SimResponse;
  readonly cost: number;
}

/** Answers a REST request: sign-in, version, budget, route, ETag and the headers every answer carries. */
export function answerRest(
  world: World, budgets: Budgets, links: DownloadLinks, request: SimRequest, path: string,
): RestAnswer {
  let token = ANONYMOUS;
  let cost = 0;
  let response: SimResponse;
  try {
    token = tokenOf(world, request);
    const apiVersion = versionOf(world, request);
    const matched = matchRoute(request.method, path);
    const isFree = matched?.template === 'GET /rate_limit';
    if (!isFree && budgets.isExhausted(token.login, 'core')) throw exhausted(world, token);
    cost = isFree ? 0 : 1;
    response = tagged(request, token, answerRoute({
      world, request, token, links, budgets, apiVersion,
      urls: urlsFor(request), login: token.login, params: matched?.params ?? {}, query: request.query, body: readBody(request),
    }, matched));
    if (response.status === 304) cost = 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    response = error.answer();
  }
  budgets.spend(token.login, 'core', cost);
  const headers = { ...commonHeaders(world, token, request), ...response.headers, ...budgets.headers(token.login, 'core') };
  return { response: { ...response, headers }, cost };
}

function answerRoute(call: RestCall, matched: ReturnType<typeof matchRoute>): SimResponse {
  if (!matched) throw new Refusal(404, 'Not Found');
  const { world, token } = call;
  if (matched.handler.kind === 'plain') {
    if (token === ANONYMOUS && matched.template === 'GET /user') throw new Refusal(401, 'Requires authentication');
    return matched.handler.answer(call);
  }
  const repository = world.repository(matched.params['owner'] ?? '', matched.params['repo'] ?? '');
  const role = repository && roleIn(repository, token);
  if (!repository || !role) throw new Refusal(404, 'Not Found');
  checkSingleSignOn(world, repository, token);
  return matched.handler.answer({ ...call, repository, role });
}

function readBody(request: SimRequest): Readonly<Record<string, unknown>> {
  if (request.body === '') return {};
  try {
    const value: unknown = JSON.parse(request.body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
  throw new Refusal(400, 'Body should be a JSON object');
}

/** The REST version this request speaks: without a header the older one. */
function versionOf(world: World, request: SimRequest): string {
  const asked = request.headers['x-github-api-version'];
  if (asked === undefined) return '2022-11-28';
  if (!world.server.apiVersions.includes(asked)) {
    throw new Refusal(400, `Version "${asked}" is not a valid API version.`);
  }
  return asked;
}

function exhausted(world: World, { login }: Token): Refusal {
  const id = world.accounts.get(login)?.id ?? 0;
  return new Refusal(403, `API rate limit exceeded for user ID ${id}. If you reach out to GitHub Support for help, please include the request ID.`);
}

/** Gives an answer its ETag, and turns it into a 304 when the client has it already. */
function tagged(request: SimRequest, token: Token, response: SimResponse): SimResponse {
  if (request.method !== 'GET' || response.status !== 200) return response;
  const etag = `W/"${fingerprint(response.body, 7)}${fingerprint(token.login + (response.headers['link'] ?? ''), 11)}"`;
  const headers = { ...response.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60', vary: 'Accept, Authorization, Cookie' };
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim());
  return token !== ANONYMOUS && known.includes(etag) ? empty(304, headers) : { ...response, headers };
}

/** What every answer of the API says about itself, its server and the token. */
export function commonHeaders(world: World, token: Token, request: SimRequest): Record<string, string> {
  return {
    'x-github-media-type': 'github.v3; format=json',
    ...(world.server.enterpriseVersion === undefined
      ? { 'x-github-api-version-selected': request.headers['x-github-api-version'] ?? '2022-11-28' }
      : { 'x-github-enterprise-version': world.server.enterpriseVersion }),
    ...(token.kind === 'oauth' && token !== ANONYMOUS
      ? { 'x-oauth-scopes': token.scopes.join(', '), 'x-accepted-oauth-scopes': 'repo' }
      : {}),
    ...(token.trouble === 'saml' ? { 'x-github-sso': `required; url=${urlsFor(request).web}/orgs/atelier-nord/sso` } : {}),
  };
}
