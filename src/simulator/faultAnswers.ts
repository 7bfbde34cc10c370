import type { Budgets } from './budgets.ts';
import type { Fault } from './faults.ts';
import { json, text, type SimRequest, type SimResponse } from './http.ts';
import { urlsFor } from './wire/urls.ts';
import type { World } from './world/world.ts';

/** The answer a fault gives before anything has happened, or `undefined` when it strikes later. */
export function refusalBy(fault: Fault, request: SimRequest, world: World, budgets: Budgets): SimResponse | undefined {
  const isSlack = request.path.startsWith('/slack/') || request.path.startsWith('/services/');
  if (fault.kind === '500') return basic(500, 'Server Error');
  if (fault.kind === '401') return isSlack ? json({ ok: false, error: 'token_revoked' }) : basic(401, 'Bad credentials');
  if (fault.kind === '403saml') {
    return basic(403, 'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.', {
      'x-github-sso': `required; url=${urlsFor(request).web}/orgs/atelier-nord/sso`,
    });
  }
  if (!fault.kind.startsWith('rateLimit')) return undefined;
  if (isSlack) return json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '30' });
  if (fault.kind !== 'rateLimitPrimary') {
    return basic(fault.kind === 'rateLimit429' ? 429 : 403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', { 'retry-after': '60' });
  }
  const token = world.tokens.get((request.headers['authorization'] ?? '').split(' ')[1] ?? '');
  const resource = request.path.endsWith('/graphql') ? 'graphql' : 'core';
  const { limit } = budgets.state(token?.login ?? '', resource);
  return basic(403, 'API rate limit exceeded for user ID 1.', {
    ...budgets.headers(token?.login ?? '', resource), 'x-ratelimit-remaining': '0', 'x-ratelimit-used': String(limit),
  });
}

/** What a fault makes of an answer whose effect has already happened. */
export function spoiled({ kind }: Fault, response: SimResponse): SimResponse {
  if (kind === '502AfterEffect') return { ...text('<html><body>502 Bad Gateway</body></html>', 502) };
  return kind === 'malformedBody' ? { ...response, body: response.body.slice(0, Math.ceil(response.body.length / 2)) } : response;
}

function basic(status: number, message: string, headers: Readonly<Record<string, string>> = {}): SimResponse {
  return json({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) }, status, headers);
}
