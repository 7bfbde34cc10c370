import { blockProblems, type Block } from './blocks.ts';
import { MESSAGES, TIER_2, TIER_3, type Allowance, type Pace } from './pace.ts';
import { parsedJson } from './parsedJson.ts';
import { Refusal } from './refusal.ts';
import type { SlackChannel, SlackMessage, SlackToken, SlackWorkspace } from './workspace.ts';

/** What a method works with. */
interface Call {
  readonly args: Readonly<Record<string, unknown>>;
  readonly token: SlackToken;
  readonly workspace: SlackWorkspace;
  readonly pace: Pace;
  readonly now: number;
  /** Origin under which the caller reaches this world. */
  readonly origin: string;
}

type Method = (call: Call) => Readonly<Record<string, unknown>> | Refusal;

/** Slack's methods that exist in this world, by name. */
export const webMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['auth.test', authTest],
  ['chat.postMessage', postMessage],
  ['chat.update', update],
  ['chat.getPermalink', getPermalink],
  ['conversations.info', info],
  ['conversations.list', list],
]);

function authTest({ workspace, origin }: Call): Readonly<Record<string, unknown>> {
  const { team, bot } = workspace;
  return { url: `${origin}/slack/`, team: team.name, user: bot.userName, team_id: team.id, user_id: bot.userId, bot_id: bot.id, is_enterprise_install: false };
}

function postMessage(call: Call): Readonly<Record<string, unknown>> | Refusal {
  const target = scoped(call, 'chat:write') ?? writableChannel(call);
  if (target instanceof Refusal) return target;
  const content = contentOf(call);
  if (content instanceof Refusal) return content;
  const threadTs = textArgument(call, 'thread_ts');
  if (threadTs !== undefined && !find(target, threadTs)) return new Refusal('thread_not_found');
  const slow = tooFast(call, `message ${target.id}`, MESSAGES);
  if (slow) return slow;
  const isTooLong = content.text.length > 40_000;
  const message = call.workspace.post(target, 'bot', { ...content, text: content.text.slice(0, 40_000) }, call.now, threadTs);
  return {
    channel: target.id,
    ts: message.ts,
    message: wireMessage(message, call.workspace),
    ...(isTooLong ? { response_metadata: { warnings: ['message_truncated'] } } : {}),
  };
}

function update(call: Call): Readonly<Record<string, unknown>> | Refusal {
  const refused = scoped(call, 'chat:write');
  if (refused) return refused;
  const target = call.workspace.channels.find(({ id }) => id === textArgument(call, 'channel'));
  if (!target) return new Refusal('channel_not_found');
  const message = find(target, textArgument(call, 'ts') ?? '');
  if (!message) return new Refusal('message_not_found');
  if (message.author !== 'bot') return new Refusal('cant_update_message');
  const content = contentOf(call, message);
  if (content instanceof Refusal) return content;
  if (content.text.length > 40_000) return new Refusal('msg_too_long');
  const slow = tooFast(call, 'chat.update', TIER_3);
  if (slow) return slow;
  call.workspace.edit(message, content, call.now);
  return { channel: target.id, ts: message.ts, text: message.text, message: wireMessage(message, call.workspace) };
}

function getPermalink(call: Call): Readonly<Record<string, unknown>> | Refusal {
  const target = visibleChannel(call);
  if (target instanceof Refusal) return target;
  const message = find(target, textArgument(call, 'message_ts') ?? '');
  if (!message) return new Refusal('message_not_found');
  return { channel: target.id, permalink: `${call.origin}/slack/${target.name}#p${message.ts.replace('.', '')}` };
}

function info(call: Call): Readonly<Record<string, unknown>> | Refusal {
  const target = scoped(call, 'channels:read') ?? visibleChannel(call, { byIdOnly: true });
  if (target instanceof Refusal) return target;
  return tooFast(call, 'conversations.info', TIER_3) ?? { channel: wireChannel(target, call.workspace) };
}

function list(call: Call): Readonly<Record<string, unknown>> | Refusal {
  const types = (textArgument(call, 'types') ?? 'public_channel').split(',').map((each) => each.trim());
  const refused = (types.includes('public_channel') ? scoped(call, 'channels:read') : undefined) ?? (types.includes('private_channel') ? scoped(call, 'groups:read') : undefined);
  if (refused) return refused;
  const limit = Number(call.args['limit'] ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit >= 1000) return new Refusal('invalid_limit');
  const cursor = textArgument(call, 'cursor') ?? '';
  const start = cursor === '' ? 0 : Number(/^next:(\d+)$/.exec(atobOrEmpty(cursor))?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) return new Refusal('invalid_cursor');
  const slow = tooFast(call, 'conversations.list', TIER_2);
  if (slow) return slow;
  const page = call.workspace.channels.slice(start, start + limit);
  const shown = page.filter(
    (each) => (each.isPrivate ? each.isMember && types.includes('private_channel') : types.includes('public_channel')) && !(each.isArchived && isTrue(call.args['exclude_archived'])),
  );
  const next = start + limit < call.workspace.channels.length ? btoa(`next:${start + limit}`) : '';
  return { channels: shown.map((each) => wireChannel(each, call.workspace)), response_metadata: { next_cursor: next } };
}

function scoped({ token }: Call, needed: string): Refusal | undefined {
  return token.scopes.includes(needed) ? undefined : new Refusal('missing_scope', { needed, provided: token.scopes.join(',') });
}

function tooFast({ pace, now }: Call, key: string, allowance: Allowance): Refusal | undefined {
  const wait = pace.take(key, allowance, now);
  return wait > 0 ? new Refusal('ratelimited', {}, wait) : undefined;
}

/** Private channels do not exist for a bot that is not in them. */
function visibleChannel(call: Call, { byIdOnly = false } = {}): SlackChannel | Refusal {
  const asked = textArgument(call, 'channel') ?? '';
  const target = call.workspace.channel(asked);
  if (!target || (target.isPrivate && !target.isMember) || (byIdOnly && target.id !== asked)) return new Refusal('channel_not_found');
  return target;
}

function writableChannel(call: Call): SlackChannel | Refusal {
  const target = visibleChannel(call);
  if (target instanceof Refusal) return target;
  if (target.isArchived) return new Refusal('is_archived');
  if (!target.isMember && !call.token.scopes.includes('chat:write.public')) return new Refusal('not_in_channel');
  return target;
}

function contentOf(call: Call, old?: SlackMessage): { text: string; blocks: readonly Block[] } | Refusal {
  const asked = call.args['blocks'];
  const blocks = typeof asked === 'string' ? parsedJson(asked) : asked;
  if (asked !== undefined && blocks === undefined) return new Refusal('invalid_blocks_format');
  const problems = blocks === undefined ? [] : blockProblems(blocks);
  if (problems.length > 0) return new Refusal('invalid_blocks', { errors: problems, response_metadata: { messages: problems.map((each) => `[ERROR] ${each}`) } });
  const text = textArgument(call, 'text');
  // Checked by blockProblems just above. An edit that names only the text takes the old blocks away.
  const content = { text: text ?? old?.text ?? '', blocks: (blocks ?? []) as readonly Block[] };
  return !content.text.trim() && content.blocks.length === 0 ? new Refusal('no_text') : content;
}

function find(target: SlackChannel, ts: string): SlackMessage | undefined {
  return target.messages.find((each) => each.ts === ts);
}

function textArgument({ args }: Call, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

function atobOrEmpty(source: string): string {
  try {
    return atob(source);
  } catch {
    return '';
  }
}

function wireMessage(message: SlackMessage, { app, bot, team }: SlackWorkspace): Readonly<Record<string, unknown>> {
  return {
    type: 'message',
    user: bot.userId,
    bot_id: bot.id,
    app_id: app.id,
    team: team.id,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs, parent_user_id: bot.userId }),
    ...(message.editedTs === undefined ? {} : { edited: { user: bot.userId, ts: message.editedTs } }),
  };
}

function wireChannel(target: SlackChannel, { team }: SlackWorkspace): Readonly<Record<string, unknown>> {
  return {
    id: target.id,
    name: target.name,
    is_channel: !target.isPrivate,
    is_private: target.isPrivate,
    is_archived: target.isArchived,
    is_member: target.isMember,
    is_general: target.name === 'general',
    context_team_id: team.id,
    topic: { value: target.topic, creator: '', last_set: 0 },
  };
}
