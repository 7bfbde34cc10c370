import { DeployError } from '../core/deployError.ts';
import type { Failure } from './failure.ts';
import { networkCode } from './transport.ts';

/** What a call was about, for the sentences. */
export interface Circumstances {
  readonly now: number;
  readonly channel: string;
  /** The bot's name in Slack, as `/invite` wants it. */
  readonly bot: string;
}

/** What an error of `@slack/web-api` means. Decided by `.code`: names are mangled by the bundler and classes differ between bundles. */
export function webApiFailure(error: unknown, circumstances: Circumstances): Failure {
  const { code, data, statusCode, retryAfter } = (error ?? {}) as { code?: unknown; data?: Record<string, unknown>; statusCode?: unknown; retryAfter?: unknown };
  switch (code) {
    case 'slack_webapi_platform_error':
      return platformFailure(data ?? {}, circumstances);
    case 'slack_webapi_rate_limited_error':
      return rateLimited(Number(retryAfter), circumstances);
    case 'slack_webapi_http_error':
      return unanswered(`HTTP ${String(statusCode)}`);
    default:
      return requestFailure(error);
  }
}

/** What a webhook's answer other than 200 means; `body` is Slack's plain-text code. */
export function webhookFailure(status: number, body: string, retryAfter: string | null, circumstances: Circumstances): Failure {
  if (status === 429) return rateLimited(Number(retryAfter), circumstances);
  if (status >= 500 && body !== 'rollup_error') return unanswered(`HTTP ${status}`);
  const code = isCode(body) ? body : `HTTP ${status}`;
  if (contentCodes.has(code)) return refused(code, contentRefused(code));
  if (code === 'channel_is_archived' || code === 'channel_not_found') {
    return refused(code, new DeployError('slackChannel', 'The channel of this Slack webhook is gone or archived ({code}). Create a webhook for another channel and connect it.', { values: { code }, actions: ['connectSlack'] }));
  }
  if (code === 'action_prohibited' || code === 'posting_to_general_channel_denied') return refused(code, new DeployError('slackRefused', 'The workspace restricts who may post in the channel of this webhook ({code}).', { values: { code }, actions: ['connectSlack'] }));
  if (status === 403 || status === 404 || status === 410 || /^no_|invalid_token|team_disabled/.test(code)) {
    return refused(code, new DeployError('slackTokenRejected', 'Slack does not know this webhook ({code}). Create a new one and connect it.', { values: { code }, actions: ['connectSlack'] }));
  }
  return refused(code, contentRefused(code));
}

/** What a request that failed below HTTP means: proof that it never reached Slack, or doubt. */
export function requestFailure(error: unknown): Failure {
  const code = networkCode(error) ?? 'no_answer';
  if (!neverSent.has(code)) return unanswered(code);
  return { fate: 'notSent', code, error: new DeployError('slackUnreachable', 'Slack cannot be reached ({code}). Check the network or the proxy; deploys go on without it.', { values: { code }, actions: ['retry', 'showLog'] }) };
}

/** The error of a post whose fate is unknown: it must not be sent again. */
export function unconfirmed(code: string): DeployError {
  return new DeployError('slackUnconfirmed', 'Slack did not say whether it took the message ({code}). It is not sent again, so that nobody reads it twice.', { values: { code }, actions: ['showLog'] });
}

/** Codes that say that the blocks are at fault: the text alone may still pass. */
export const blockCodes: ReadonlySet<string> = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'block_mismatch']);

/** Codes that say that the thread is closed: the message may still stand by itself. */
export const threadCodes: ReadonlySet<string> = new Set(['cannot_reply_to_message', 'restricted_action_thread_locked', 'thread_not_found']);

const contentCodes = new Set([...blockCodes, ...threadCodes, 'no_text', 'msg_too_long', 'too_many_attachments', 'metadata_too_large', 'invalid_payload', 'rollup_error']);
const tokenCodes = new Set(['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive', 'not_allowed_token_type', 'two_factor_setup_required']);
/** Slack says of these that some aspect may have succeeded. */
const doubtfulCodes = new Set(['service_unavailable', 'internal_error', 'fatal_error', 'request_timeout', 'team_added_to_org']);
const goneCodes = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive']);
/** Codes of Node's and Chromium's network that prove that no request left this machine. */
const neverSent = new Set(
  `ECONNREFUSED ENOTFOUND EAI_AGAIN ENETUNREACH EHOSTUNREACH ENETDOWN UND_ERR_CONNECT_TIMEOUT
    CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY ERR_TLS_CERT_ALTNAME_INVALID
    ERR_CONNECTION_REFUSED ERR_NAME_NOT_RESOLVED ERR_INTERNET_DISCONNECTED ERR_ADDRESS_UNREACHABLE ERR_PROXY_CONNECTION_FAILED ERR_CERT_AUTHORITY_INVALID ERR_CERT_DATE_INVALID`.split(/\s+/),
);

function platformFailure(data: Readonly<Record<string, unknown>>, circumstances: Circumstances): Failure {
  // A proxy's page that is no JSON arrives here whole: no word of Slack's.
  if (!isCode(data['error'])) return unanswered('invalid_answer');
  const code = data['error'];
  const { channel, bot } = circumstances;
  if (doubtfulCodes.has(code)) return unanswered(code);
  if (code === 'ratelimited' || code === 'rate_limited' || code === 'message_limit_exceeded') return rateLimited(30, circumstances);
  if (tokenCodes.has(code)) {
    return refused(code, new DeployError('slackTokenRejected', 'Slack does not accept this token ({code}). Connect Slack again with a new bot token.', { values: { code }, actions: ['connectSlack'] }));
  }
  if (code === 'missing_scope') {
    const scope = typeof data['needed'] === 'string' ? data['needed'] : '?';
    return refused(code, new DeployError('slackMissingScope', 'The Slack app lacks the scope {scope}. Add it under “OAuth & Permissions”, install the app again, then connect again.', { values: { scope }, actions: ['connectSlack'] }));
  }
  if (code === 'not_in_channel') {
    return refused(code, new DeployError('slackNotInChannel', 'The bot is not in the Slack channel {channel}. Type “/invite @{bot}” in that channel.', { values: { channel, bot }, actions: ['retry'] }));
  }
  if (code === 'channel_not_found') return refused(code, channelNotFound(circumstances));
  if (code === 'is_archived') {
    return refused(code, new DeployError('slackChannel', 'The Slack channel {channel} is archived. Choose another one.', { values: { channel }, actions: ['openSettings'] }));
  }
  if (contentCodes.has(code)) return refused(code, contentRefused(code));
  if (goneCodes.has(code)) {
    return refused(code, new DeployError('slackRefused', 'The Slack message can no longer be changed ({code}).', { values: { code }, actions: ['showLog'] }));
  }
  if (/^restricted_action|^ekm_|no_permission|team_access_not_granted|messages_tab_disabled/.test(code)) return refused(code, restricted(code, channel));
  return refused(code, new DeployError('slackRefused', 'Slack refused ({code}).', { values: { code }, actions: ['showLog'] }));
}

/** No channel of that name or id, as far as the bot can see. */
export function channelNotFound({ channel, bot }: Circumstances): DeployError {
  return new DeployError('slackChannel', 'The bot sees no Slack channel {channel}. Check its name; into a private one invite the bot first (“/invite @{bot}”) and give the channel’s id.', {
    values: { channel, bot },
    actions: ['openSettings'],
  });
}

function contentRefused(code: string): DeployError {
  return new DeployError('slackRefused', 'Slack could not take the message ({code}).', { values: { code }, actions: ['showLog'] });
}

function restricted(code: string, channel: string): DeployError {
  return new DeployError('slackRefused', 'The workspace restricts who may post in {channel} ({code}).', { values: { code, channel }, actions: ['openSettings'] });
}

function rateLimited(seconds: number, { now }: Circumstances): Failure {
  const wait = Number.isFinite(seconds) && seconds > 0 ? seconds : 30;
  const error = new DeployError('slackRateLimited', 'Slack asks to wait {seconds} s before the next message.', { values: { seconds: String(wait) }, retryAt: now + wait * 1000 });
  return { fate: 'rateLimited', code: 'ratelimited', afterMs: wait * 1000, error };
}

function unanswered(code: string): Failure {
  return { fate: 'unknown', code, error: new DeployError('slackUnreachable', 'Slack gave no usable answer ({code}).', { values: { code }, actions: ['retry', 'showLog'] }) };
}

function refused(code: string, error: DeployError): Failure {
  return { fate: 'refused', code, error };
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9_]{1,60}$/.test(value);
}
