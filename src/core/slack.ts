import type { DeployKind } from './deployRequest.ts';
import type { Instant } from './instant.ts';

/** Where a message went, so that it can be edited or answered. Webhooks give no such thing. */
export interface SlackPost {
  readonly channel: string;
  readonly ts: string;
}

/** What a deploy message says: data, not markup. Every text may be hostile; the adapter escapes and shortens. */
export interface Announcement {
  /** `whoAndWhy`: short, because the workflow tells the rest itself. */
  readonly detail: 'full' | 'whoAndWhy';
  readonly state: 'started' | 'waiting' | 'inProgress' | 'success' | 'failure' | 'cancelled' | 'unconfirmed' | 'test';
  readonly kind: DeployKind;
  readonly repository: string;
  readonly environment: string;
  readonly version: string;
  readonly versionUrl: string | undefined;
  readonly replaces: string | undefined;
  readonly actor: string;
  readonly reason: string;
  readonly runUrl: string | undefined;
  readonly compareUrl: string | undefined;
  /** The step that runs, or the one that failed. */
  readonly step: string | undefined;
  /** Who may let it pass; only while it waits for approval. */
  readonly waitingFor: readonly string[];
  /** Login of who cancelled it from here. */
  readonly cancelledBy: string | undefined;
  readonly startedAt: Instant;
  /** True end on the server; only for ended deploys. */
  readonly endedAt: Instant | undefined;
  /** True when the end was told late, because no editor was open. */
  readonly isLate: boolean;
  /** What users see now: the version that is live after this. */
  readonly liveNow: string | undefined;
}

export interface SlackIdentity {
  readonly team: string;
  readonly bot: string;
  /** Granted scopes, when Slack names them. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * Slack behind a bot token (`canEdit`) or an incoming webhook. Nothing is retried inside, except where the answer proves that
 * nothing was posted; `slackUnconfirmed` means the fate is unknown and the post must not be repeated.
 */
export interface Slack {
  readonly canEdit: boolean;
  /** Bot token only: who we are and what we may do; throws what is missing. */
  identify(signal?: AbortSignal): Promise<SlackIdentity>;
  /** Bot token only: the channel's id and name; throws `slackChannel` or `slackNotInChannel`. */
  channel(nameOrId: string, signal?: AbortSignal): Promise<{ readonly id: string; readonly name: string }>;
  post(channel: string, announcement: Announcement, thread?: SlackPost, signal?: AbortSignal): Promise<SlackPost | undefined>;
  edit(post: SlackPost, announcement: Announcement, signal?: AbortSignal): Promise<void>;
}
