import { text, type SimRequest, type SimResponse } from '../http.ts';
import { blockProblems, type Block } from './blocks.ts';
import { MESSAGES, type Pace } from './pace.ts';
import type { SlackWorkspace } from './workspace.ts';

/** An incoming webhook's answer: plain words and an HTTP status, never a `ts` (Slack's changelog of 2016-05-17 names the codes). */
export function answerWebhook(request: SimRequest, workspace: SlackWorkspace, pace: Pace, now: number): SimResponse {
  const channelId = workspace.webhooks.get(request.path);
  const target = channelId === undefined ? undefined : workspace.channel(channelId);
  if (!target) return text('no_service', 404);
  if (request.method !== 'POST') return text('invalid_payload', 400);
  const payload = payloadOf(request);
  if (!payload) return text('invalid_payload', 400);
  if (target.isArchived) return text('channel_is_archived', 410);
  const words = payload['text'];
  const blocks = payload['blocks'] ?? [];
  if (words !== undefined && typeof words !== 'string') return text('invalid_payload', 400);
  if (blockProblems(blocks).length > 0) return text('invalid_blocks', 400);
  // Checked by blockProblems just above.
  const content = { text: words ?? '', blocks: blocks as readonly Block[] };
  if (!content.text && content.blocks.length === 0) return text('no_text', 400);
  const wait = pace.take(`message ${target.id}`, MESSAGES, now);
  if (wait > 0) return text('rate_limited', 429, { 'retry-after': String(wait) });
  workspace.post(target, 'webhook', content, now);
  return text('ok');
}

function payloadOf(request: SimRequest): Readonly<Record<string, unknown>> | undefined {
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const source = isForm ? (new URLSearchParams(request.body).get('payload') ?? '') : request.body;
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
