import { WebClient } from '@slack/web-api';
import type { Clock } from '../core/clock.ts';
import { isAbort, isDeployError } from '../core/deployError.ts';
import type { Log } from '../core/log.ts';
import type { Announcement, Slack, SlackIdentity, SlackPost } from '../core/slack.ts';
import { blockCodes, channelNotFound, threadCodes, webApiFailure } from './errors.ts';
import type { Outcome } from './failure.ts';
import { attentionReply, deployMessage, type SlackMessage } from './message.ts';
import { Outbox } from './outbox.ts';
import { sdkLogger } from './sdkLogger.ts';
import type { Fetch } from './transport.ts';
import type { SlackLanguage } from './words.ts';

const unfurlNothing = { unfurl_links: false, unfurl_media: false } as const;
/** chat.update would otherwise take `parse: client`, which links names and channels. */
const parseNothing = { parse: 'none', link_names: false } as const;

/** Slack behind a bot token: messages that are edited in place, and threads. */
export class BotSlack implements Slack {
  readonly canEdit = true;
  readonly #client: WebClient;
  readonly #clock: Clock;
  readonly #outbox: Outbox;
  readonly #style: { readonly language: SlackLanguage; readonly canEdit: true };
  /** A channel's first known name by its id, so that its posts and edits share a queue. */
  readonly #laneOf = new Map<string, string>();
  #bot: string | undefined;

  constructor(token: string, { apiUrl, clock, log, fetch, language }: { apiUrl: string; clock: Clock; log: Log; fetch: Fetch; language: SlackLanguage }) {
    this.#clock = clock;
    this.#outbox = new Outbox(clock);
    this.#style = { language, canEdit: true };
    // The SDK by itself repeats posts eleven times. Its timeout is `fetch`'s here, so that time comes from the clock.
    this.#client = new WebClient(token, {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger: sdkLogger(log),
      fetch,
    });
  }

  async identify(signal?: AbortSignal): Promise<SlackIdentity> {
    const { team, user, response_metadata } = await this.#read('', () => this.#client.auth.test(), signal);
    this.#bot = user;
    return { team: team ?? '', bot: user ?? '', scopes: response_metadata?.scopes };
  }

  async channel(nameOrId: string, signal?: AbortSignal): Promise<{ readonly id: string; readonly name: string }> {
    const wanted = nameOrId.trim();
    const isId = /^[CGD][A-Z0-9]{7,}$/.test(wanted);
    const found = isId ? await this.#channelById(wanted, signal) : await this.#channelByName(wanted.replace(/^#/, ''), signal);
    if (!found) throw channelNotFound(await this.#circumstances(isId ? wanted : `#${wanted.replace(/^#/, '')}`));
    const shown = `#${found.name}`;
    if (found.isArchived) throw webApiFailure(platformError('is_archived'), await this.#circumstances(shown)).error;
    if (!found.isWritable) throw webApiFailure(platformError('not_in_channel'), await this.#circumstances(shown)).error;
    return { id: found.id, name: found.name };
  }

  async post(channel: string, announcement: Announcement, thread?: SlackPost, signal?: AbortSignal): Promise<SlackPost> {
    signal?.throwIfAborted();
    const message = thread ? attentionReply(announcement, this.#style) : deployMessage(announcement, this.#style);
    const target = thread?.channel ?? channel;
    const post = await this.#outbox.post(this.#lane(target), () => this.#postOnce(target, message, thread?.ts));
    if (!this.#laneOf.has(post.channel)) this.#laneOf.set(post.channel, this.#lane(target));
    return post;
  }

  async edit(post: SlackPost, announcement: Announcement, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const message = deployMessage(announcement, this.#style);
    await this.#outbox.edit(this.#lane(post.channel), post.ts, () => this.#editOnce(post, message));
  }

  async #postOnce(channel: string, { text, blocks }: SlackMessage, threadTs: string | undefined): Promise<Outcome<SlackPost>> {
    const outcome = await this.#attempt(channel, async () => {
      const base = { channel, text, ...unfurlNothing, ...parseNothing, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
      const { channel: id, ts } = await this.#client.chat.postMessage(blocks.length > 0 ? { ...base, blocks } : base);
      return { channel: id ?? channel, ts: ts ?? '' };
    });
    // A refusal proves that nothing was posted: the plainer message may pass.
    if (!outcome.ok && outcome.failure.fate === 'refused') {
      if (blocks.length > 0 && blockCodes.has(outcome.failure.code)) return this.#postOnce(channel, { text, blocks: [] }, threadTs);
      if (threadTs !== undefined && threadCodes.has(outcome.failure.code)) return this.#postOnce(channel, { text, blocks }, undefined);
    }
    return outcome;
  }

  async #editOnce({ channel, ts }: SlackPost, { text, blocks }: SlackMessage): Promise<Outcome<void>> {
    const outcome = await this.#attempt(channel, async () => {
      await this.#client.chat.update({ channel, ts, text, blocks, ...parseNothing });
    });
    const isBlocksFault = !outcome.ok && blocks.length > 0 && blockCodes.has(outcome.failure.code);
    return isBlocksFault ? this.#editOnce({ channel, ts }, { text, blocks: [] }) : outcome;
  }

  async #attempt<T>(channel: string, call: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return { ok: true, value: await call() };
    } catch (error) {
      return { ok: false, failure: webApiFailure(error, await this.#circumstances(channel, error)) };
    }
  }

  async #read<T>(channel: string, call: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    try {
      const answer = await call();
      signal?.throwIfAborted();
      return answer;
    } catch (error) {
      if (isAbort(error) || isDeployError(error)) throw error;
      throw webApiFailure(error, await this.#circumstances(channel, error)).error;
    }
  }

  async #channelById(channel: string, signal: AbortSignal | undefined): Promise<FoundChannel | undefined> {
    const answer = await this.#read(channel, () => this.#client.conversations.info({ channel }), signal);
    return foundChannel(answer.channel, answer.response_metadata?.scopes);
  }

  /** Only public channels: names of private ones need a further scope, their ids do not. */
  async #channelByName(name: string, signal: AbortSignal | undefined): Promise<FoundChannel | undefined> {
    let cursor: string | undefined;
    do {
      const query = { types: 'public_channel', limit: 999, ...(cursor === undefined ? {} : { cursor }) };
      const answer = await this.#read(`#${name}`, () => this.#client.conversations.list(query), signal);
      const hit = (answer.channels ?? []).find((each) => each.name === name.toLowerCase());
      if (hit) return foundChannel(hit, answer.response_metadata?.scopes);
      cursor = answer.response_metadata?.next_cursor || undefined;
    } while (cursor !== undefined);
    return undefined;
  }

  /** The bot's name is asked for only when a sentence needs it. */
  async #circumstances(channel: string, error?: unknown) {
    const code = (error as { data?: { error?: unknown } } | undefined)?.data?.error;
    if (this.#bot === undefined && (error === undefined || code === 'not_in_channel' || code === 'channel_not_found')) {
      this.#bot = await this.#client.auth.test().then(
        ({ user }) => user,
        () => undefined,
      );
    }
    return { now: this.#clock.now(), channel, bot: this.#bot ?? 'bot' };
  }

  #lane(channel: string): string {
    return this.#laneOf.get(channel) ?? channel;
  }
}

interface FoundChannel {
  readonly id: string;
  readonly name: string;
  readonly isArchived: boolean;
  readonly isWritable: boolean;
}

function foundChannel(
  channel: { id?: string | undefined; name?: string | undefined; is_archived?: boolean | undefined; is_member?: boolean | undefined; is_private?: boolean | undefined } | undefined,
  scopes: readonly string[] | undefined,
): FoundChannel | undefined {
  if (channel?.id === undefined) return undefined;
  const mayPostUninvited = channel.is_private !== true && scopes?.includes('chat:write.public') === true;
  return { id: channel.id, name: channel.name ?? channel.id, isArchived: channel.is_archived === true, isWritable: channel.is_member === true || mayPostUninvited };
}

/** Slack's own refusal for what it would refuse later. */
function platformError(error: string): unknown {
  return { code: 'slack_webapi_platform_error', data: { error } };
}
