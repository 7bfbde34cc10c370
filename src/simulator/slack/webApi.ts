import { json, type SimRequest, type SimResponse } from '../http.ts';
import { parsedJson } from './parsedJson.ts';
import type { Pace } from './pace.ts';
import { Refusal } from './refusal.ts';
import { webMethods } from './webMethods.ts';
import type { SlackWorkspace } from './workspace.ts';

/** Slack's Web API: `ok:false` with a code at HTTP 200, except for rate limits. */
export function answerWebApi(name: string, request: SimRequest, workspace: SlackWorkspace, pace: Pace, now: number): SimResponse {
  const method = webMethods.get(name);
  if (!method) return json({ ok: false, error: 'unknown_method', req_method: name });
  const args = argumentsOf(request);
  if (!args) return json({ ok: false, error: 'invalid_json' });
  const given = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? (typeof args['token'] === 'string' ? args['token'] : undefined);
  if (given === undefined) return json({ ok: false, error: 'not_authed' });
  const token = workspace.tokens.get(given);
  if (!token) return json({ ok: false, error: 'invalid_auth' });
  if (token.trouble) return json({ ok: false, error: token.trouble });
  const origin = `${request.headers['x-forwarded-proto'] ?? 'http'}://${request.headers['host'] ?? 'localhost'}`;
  const result = method({ args, token, workspace, pace, now, origin });
  const scopes = { 'x-oauth-scopes': token.scopes.join(',') };
  if (!(result instanceof Refusal)) return json({ ok: true, ...result }, 200, scopes);
  const body = { ok: false, error: result.code, ...result.more };
  return result.retryAfter === undefined ? json(body, 200, scopes) : json(body, 429, { ...scopes, 'retry-after': String(result.retryAfter) });
}

/** Arguments come in the query, as a form or as JSON. */
function argumentsOf(request: SimRequest): Readonly<Record<string, unknown>> | undefined {
  const query = Object.fromEntries(request.query);
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return { ...query, ...Object.fromEntries(new URLSearchParams(request.body)) };
  const body = parsedJson(request.body);
  return typeof body === 'object' && body !== null ? { ...query, ...body } : undefined;
}
