import type { DeployRequest } from '../core/deployRequest.ts';
import type { Announcement, Slack } from '../core/slack.ts';
import { announceWhoAndWhy } from './announcement.ts';
import { MESSAGE, type SlackDelivery } from './slackDelivery.ts';
import { eventOf, type SlackRules } from './slackRules.ts';

/** One state of a deploy on its way to Slack. */
export interface News {
  readonly request: DeployRequest;
  readonly announcement: Announcement;
  /** The run's attempt: a re-run is news of its own. */
  readonly attempt: number;
  readonly rules: SlackRules;
  readonly slack: Slack;
  readonly delivery: SlackDelivery;
}

/** Tells one state in the way that Slack's connection and the rules allow; saying it again says nothing. */
export async function tell(news: News): Promise<void> {
  if (news.rules.isQuiet) await tellWhoAndWhy(news);
  else if (news.slack.canEdit) await tellByEditing(news);
  else await tellStartAndEnd(news);
}

/** One message edited to its end, which is always told; the rules say which states may start it and which deserve a reply. */
async function tellByEditing({ request, announcement, attempt, rules, slack, delivery }: News): Promise<void> {
  const record = delivery.record(request, MESSAGE);
  const event = eventOf(announcement.state);
  const isWanted = event !== undefined && rules.events.has(event);
  const reply = announcement.state === 'waiting' || announcement.state === 'failure' ? `${announcement.state}:${attempt}` : undefined;
  if (record?.state !== 'posted') {
    if (!record && !isWanted) return;
    const isPosted = await delivery.postMessage(slack, rules.channel ?? '', request, announcement, attempt);
    // A new message rings by itself.
    if (isPosted && reply !== undefined) await delivery.leaveOut(request, reply);
    return;
  }
  const { post } = record;
  if (!post) return;
  await delivery.editMessage(slack, post, request, announcement, attempt);
  if (reply !== undefined && isWanted) await delivery.postOnce(request, reply, () => slack.post(post.channel, announcement, post));
}

/** A webhook cannot edit: only the start and the end are worth a message. */
async function tellStartAndEnd({ request, announcement, rules, slack, delivery }: News): Promise<void> {
  const event = eventOf(announcement.state);
  if (event === undefined) return;
  const isEnd = announcement.endedAt !== undefined;
  if (!rules.events.has(isEnd ? event : 'start')) return;
  await delivery.postOnce(request, isEnd ? 'end' : 'start', () => slack.post('', announcement));
}

/** The workflow tells the rest: who asked and why, once, and who cancelled. */
async function tellWhoAndWhy({ request, announcement, attempt, rules, slack, delivery }: News): Promise<void> {
  const short = announceWhoAndWhy(announcement);
  const record = delivery.record(request, MESSAGE);
  if (record?.state === 'posted') {
    if (short.state !== 'cancelled' || !rules.events.has('cancelled')) return;
    if (record.post) await delivery.editMessage(slack, record.post, request, short, attempt);
    else await delivery.postOnce(request, 'cancelled', () => slack.post('', short));
  } else if (record || (rules.events.size > 0 && (announcement.endedAt === undefined || short.state === 'cancelled'))) {
    await delivery.postMessage(slack, rules.channel ?? '', request, short, attempt);
  }
}
