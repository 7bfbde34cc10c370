import type { Clock } from '../core/clock.ts';
import { DeployError } from '../core/deployError.ts';
import type { Log } from '../core/log.ts';
import type { Slack } from '../core/slack.ts';
import type { SlackCredential } from '../core/slackCredential.ts';
import { BotSlack } from './botSlack.ts';
import { timedFetch, type Fetch } from './transport.ts';
import { WebhookSlack } from './webhookSlack.ts';
import type { SlackLanguage } from './words.ts';

/** What Slack is made of; everything but the credential has a default or is a port. */
export interface SlackOptions {
  readonly credential: SlackCredential;
  /** Base of the Web API; slack.com's when absent. */
  readonly apiUrl?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: Fetch | undefined;
  /** Language of the messages; a team's channel has one, so it is not always the reader's. */
  readonly language?: SlackLanguage | undefined;
}

/** Slack's own limit for answers is 3 s; ten leave room for slow networks. */
const TIMEOUT_MS = 10_000;
const webhookHosts = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** Slack by the given credential. Throws a `DeployError` for a credential that cannot be one; nothing is asked of Slack yet. */
export function createSlack({ credential, apiUrl = 'https://slack.com/api/', clock, log, fetch = globalThis.fetch, language = 'en' }: SlackOptions): Slack {
  const timed = timedFetch({ fetch, clock, log, timeoutMs: TIMEOUT_MS });
  if (credential.kind === 'bot') {
    if (!/^xox[be]-[\w.-]+$/.test(credential.token)) {
      throw new DeployError('slackTokenRejected', 'That is not a Slack bot token: it starts with “xoxb-” and stands under “OAuth & Permissions” of the Slack app.', { actions: ['connectSlack'] });
    }
    return new BotSlack(credential.token, { apiUrl, clock, log, fetch: timed, language });
  }
  if (!isWebhook(credential.url, apiUrl)) {
    throw new DeployError('slackTokenRejected', 'That is not the address of a Slack webhook: it starts with https://hooks.slack.com/services/.', { actions: ['connectSlack'] });
  }
  return new WebhookSlack(credential.url, { clock, fetch: timed, language });
}

/** Only Slack's own hosts, or the host that the user's settings name for the Web API, are ever posted to. */
function isWebhook(address: string, apiUrl: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !url.pathname.startsWith('/services/') || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:' && url.port === '' && webhookHosts.includes(url.hostname)) return true;
  return URL.canParse(apiUrl) && new URL(apiUrl).hostname !== 'slack.com' && new URL(apiUrl).origin === url.origin;
}
