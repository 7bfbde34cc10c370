import type { Clock, Disposable } from '../core/clock.ts';
import { DeployError, isDeployError } from '../core/deployError.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import type { Announcement, Slack, SlackPost } from '../core/slack.ts';
import type { PostRecord, SlackJournal } from './slackJournal.ts';

/** The message of a deploy, among its posts. */
export const MESSAGE = 'message';

/** A post that another window meant to send has its answer by then, or never will. */
const ANSWERED_MS = 120_000;

/** Posts that are sent at most once and edits that always lead to the newest state, both kept in the journal. */
export class SlackDelivery implements Disposable {
  readonly #journal: SlackJournal;
  readonly #clock: Clock;
  readonly #onUnconfirmed: (error: DeployError, request: DeployRequest) => void;
  readonly #doubts = new Map<string, Disposable>();

  /** `onUnconfirmed` hears of posts that a window meant to send and of which nothing more is known. */
  constructor(journal: SlackJournal, clock: Clock, onUnconfirmed: (error: DeployError, request: DeployRequest) => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#onUnconfirmed = onUnconfirmed;
  }

  dispose(): void {
    for (const timer of this.#doubts.values()) timer.dispose();
    this.#doubts.clear();
  }

  /** What became of a post; `undefined` when it was never tried, or when it is proven that it was not posted. */
  record({ correlationId }: DeployRequest, name: string): PostRecord | undefined {
    return this.#journal.entry(correlationId)?.posts[name];
  }

  /**
   * Sends a post unless it was ever sent or tried; true when it stands in Slack. The intent is written first: whatever happens
   * to this window, nobody sends it twice.
   */
  async postOnce(request: DeployRequest, name: string, post: () => Promise<SlackPost | undefined>): Promise<boolean> {
    const id = request.correlationId;
    const record = this.record(request, name);
    if (record?.state === 'intended') this.#doubt(request, name, record.at);
    if (record) return record.state === 'posted';
    await this.#journal.note(id, this.#clock.now(), name, { state: 'intended', at: this.#clock.now() });
    let answer: SlackPost | undefined;
    try {
      answer = await post();
    } catch (error) {
      const isUnknown = !isDeployError(error) || error.kind === 'slackUnconfirmed';
      await this.#journal.note(id, this.#clock.now(), name, isUnknown ? { state: 'unconfirmed' } : undefined);
      throw error;
    }
    await this.#journal.note(id, this.#clock.now(), name, { state: 'posted', ...(answer ? { post: answer } : {}) });
    return true;
  }

  /** Sends the deploy's message, to be edited from now on. */
  async postMessage(slack: Slack, channel: string, request: DeployRequest, announcement: Announcement, attempt: number): Promise<boolean> {
    const isPosted = await this.postOnce(request, MESSAGE, () => slack.post(channel, announcement));
    if (isPosted) await this.#remember(request, announcement, attempt, true);
    return isPosted;
  }

  /** Brings the message to what it should say. What it said of an attempt's end stays: later news are not its business. */
  async editMessage(slack: Slack, post: SlackPost, request: DeployRequest, announcement: Announcement, attempt: number): Promise<void> {
    const message = this.#journal.entry(request.correlationId)?.message;
    const isSame = message?.attempt === attempt && (message.announcement.endedAt !== undefined || same(message.announcement, announcement));
    if (message?.isTold && isSame) return;
    await this.#remember(request, announcement, attempt, false);
    try {
      await slack.edit(post, announcement);
    } catch (error) {
      if (isDeployError(error) && error.kind === 'slackRefused') await this.#journal.note(request.correlationId, this.#clock.now(), MESSAGE, { state: 'gone' });
      throw error;
    }
    await this.#remember(request, announcement, attempt, true);
  }

  /** Notes that a reply is not needed, because the message itself was posted for the same reason. */
  async leaveOut({ correlationId }: DeployRequest, name: string): Promise<void> {
    await this.#journal.note(correlationId, this.#clock.now(), name, { state: 'posted' });
  }

  async #remember({ correlationId }: DeployRequest, announcement: Announcement, attempt: number, isTold: boolean): Promise<void> {
    await this.#journal.change(correlationId, this.#clock.now(), (entry) => ({ ...entry, message: { announcement, attempt, isTold } }));
  }

  #doubt(request: DeployRequest, name: string, intendedAt: number): void {
    const id = request.correlationId;
    const key = `${id} ${name}`;
    if (this.#doubts.has(key)) return;
    const look = async () => {
      if (this.record(request, name)?.state !== 'intended') return;
      await this.#journal.note(id, this.#clock.now(), name, { state: 'unconfirmed' });
      this.#onUnconfirmed(
        new DeployError('slackUnconfirmed', 'It is not known whether Slack was told of this deploy: the window closed meanwhile. It is not told again, so that nobody reads it twice.'),
        request,
      );
    };
    this.#doubts.set(key, this.#clock.after(Math.max(0, intendedAt + ANSWERED_MS - this.#clock.now()), () => void look()));
  }
}

function same(a: Announcement, b: Announcement): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
