import type { Clock } from '../core/clock.ts';
import { DeployError } from '../core/deployError.ts';
import type { Announcement, Slack } from '../core/slack.ts';
import { blockCodes, requestFailure, webhookFailure } from './errors.ts';
import type { Outcome } from './failure.ts';
import { deployMessage, type SlackMessage } from './message.ts';
import { Outbox } from './outbox.ts';
import type { Fetch } from './transport.ts';
import type { SlackLanguage } from './words.ts';

/** Slack behind an incoming webhook: one fixed channel, and nothing can be edited or answered. */
export class WebhookSlack implements Slack {
  readonly canEdit = false;
  readonly #url: string;
  readonly #clock: Clock;
  readonly #fetch: Fetch;
  readonly #outbox: Outbox;
  readonly #language: SlackLanguage;

  constructor(url: string, { clock, fetch, language }: { clock: Clock; fetch: Fetch; language: SlackLanguage }) {
    this.#url = url;
    this.#clock = clock;
    this.#fetch = fetch;
    this.#outbox = new Outbox(clock);
    this.#language = language;
  }

  async identify(): Promise<never> {
    throw notWithWebhook();
  }

  async channel(): Promise<never> {
    throw notWithWebhook();
  }

  async post(_channel: string, announcement: Announcement, _thread?: unknown, signal?: AbortSignal): Promise<undefined> {
    signal?.throwIfAborted();
    const message = deployMessage(announcement, { language: this.#language, canEdit: false });
    await this.#outbox.post('', () => this.#postOnce(message));
  }

  async edit(): Promise<never> {
    throw notWithWebhook();
  }

  async #postOnce({ text, blocks }: SlackMessage): Promise<Outcome<void>> {
    try {
      const body = JSON.stringify({ text, ...(blocks.length > 0 ? { blocks } : {}), unfurl_links: false, unfurl_media: false });
      const answer = await this.#fetch(this.#url, { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body, redirect: 'error' });
      if (answer.status === 200) return { ok: true, value: undefined };
      const code = (await answer.text()).trim();
      // A refusal proves that nothing was posted: the plainer message may pass.
      if (answer.status === 400 && blocks.length > 0 && blockCodes.has(code)) return await this.#postOnce({ text, blocks: [] });
      return { ok: false, failure: webhookFailure(answer.status, code, answer.headers.get('retry-after'), { now: this.#clock.now(), channel: '', bot: '' }) };
    } catch (error) {
      return { ok: false, failure: requestFailure(error) };
    }
  }
}

function notWithWebhook(): DeployError {
  return new DeployError('notAvailable', 'A Slack webhook can only post. Connect a bot token for that.', { actions: ['connectSlack'] });
}
