import type { Instant } from '../core/instant.ts';
import type { Announcement } from '../core/slack.ts';
import { codeSpan, escaped, link, unmarked } from './escape.ts';
import { fill, words, type SlackLanguage, type Words } from './words.ts';

/** A message as Slack takes it; `text` is what notifications and screen readers say. No buttons: nobody could answer them. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: Block[];
}

export type Block =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: PlainText | Mrkdwn }
  | { readonly type: 'section'; readonly fields: Mrkdwn[] }
  | { readonly type: 'context'; readonly elements: Mrkdwn[] };

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

/** How a message is worded. */
export interface MessageStyle {
  readonly language: SlackLanguage;
  /** Whether the message will be edited to its end. */
  readonly canEdit: boolean;
}

/** The message of a deploy: the same shape in every state, so that eyes know where to look. */
export function deployMessage(announcement: Announcement, style: MessageStyle): SlackMessage {
  const say = words[style.language];
  if (announcement.state === 'test') return testMessage(announcement, say);
  const title = titleOf(announcement, say);
  const why = section(plain(fill(say.why, { reason: announcement.reason.trim() || say.noReason }), 2900));
  const small = context([links(announcement, say), footer(announcement, style, say)]);
  if (announcement.detail === 'whoAndWhy') {
    return { text: title, blocks: [section(mrkdwn(`${title}\n*${say.label.who}* ${whoOf(announcement, say)} · *${say.label.version}* ${version(announcement, say)}`)), why, small] };
  }
  return {
    text: `${title} · ${stateOf(announcement, say)}`,
    blocks: [
      { type: 'header', text: plain(headline(announcement, say), 150) },
      {
        type: 'section',
        fields: [
          field(say.label.environment, codeSpan(announcement.environment, 100)),
          field(say.label.version, version(announcement, say)),
          field(say.label.who, unmarked(announcement.actor, 100)),
          field(say.label.duration, duration(announcement, say)),
          field(say.label.state, stateOf(announcement, say)),
          field(say.label.liveNow, announcement.liveNow === undefined ? say.unknown : codeSpan(announcement.liveNow, 100)),
        ],
      },
      why,
      small,
    ],
  };
}

/** A reply under the deploy's message, for what needs somebody: an approval, or a failure. */
export function attentionReply(announcement: Announcement, { language }: MessageStyle): SlackMessage {
  const say = words[language];
  const values = { version: codeSpan(announcement.version, 100), environment: codeSpan(announcement.environment, 100) };
  const isWaiting = announcement.state === 'waiting';
  const live = announcement.liveNow === undefined ? '' : fill(say.stillRuns, { version: codeSpan(announcement.liveNow, 100) });
  const parts = isWaiting
    ? [fill(say.approvalNeeded, values), announcement.waitingFor.length > 0 ? fill(say.reviewers, { people: people(announcement) }) : '', link(announcement.runUrl, say.review)]
    : [announcement.step === undefined ? fill(say.failedReply, values) : fill(say.failedReplyAt, { ...values, step: codeSpan(announcement.step, 150) }), live, link(announcement.runUrl, say.openRun)];
  const text = `${isWaiting ? icon.waiting : icon.failure} ${parts.filter((part) => part !== '').join(' ')}`;
  return { text: titleOf(announcement, say), blocks: [section(mrkdwn(text))] };
}

function testMessage({ actor, repository }: Announcement, say: Words): SlackMessage {
  const text = fill(say.testText, { who: unmarked(actor, 100), repository: codeSpan(repository, 200) });
  return { text: `${icon.test} ${say.testTitle}`, blocks: [{ type: 'header', text: plain(`${icon.test} ${say.testTitle}`, 150) }, section(mrkdwn(text))] };
}

const icon = {
  started: '🚀',
  waiting: '✋',
  inProgress: '🚀',
  success: '✅',
  failure: '❌',
  cancelled: '🚫',
  unconfirmed: '❔',
  test: '🧭',
} as const;

function headline(announcement: Announcement, say: Words): string {
  if (announcement.state === 'test') return say.testTitle;
  const values = { version: announcement.version.slice(0, 60), environment: announcement.environment.slice(0, 40) };
  return `${icon[announcement.state]} ${fill(say.title[announcement.kind][announcement.state], values)}`;
}

/** The headline where mrkdwn is read. */
function titleOf(announcement: Announcement, say: Words): string {
  if (announcement.state === 'test') return say.testTitle;
  const values = { version: codeSpan(announcement.version, 100), environment: codeSpan(announcement.environment, 100) };
  return `${icon[announcement.state]} ${fill(say.title[announcement.kind][announcement.state], values)}`;
}

function version({ version: shipped, replaces }: Announcement, say: Words): string {
  const shown = codeSpan(shipped, 100);
  return replaces === undefined ? shown : fill(say.replaces, { version: shown, old: codeSpan(replaces, 100) });
}

function whoOf({ actor, cancelledBy, state }: Announcement, say: Words): string {
  const who = unmarked(actor, 100);
  return state === 'cancelled' && cancelledBy !== undefined ? `${who} · ${fill(say.cancelledBy, { state: say.state.cancelled, who: unmarked(cancelledBy, 100) })}` : who;
}

function stateOf(announcement: Announcement, say: Words): string {
  const { state, step, cancelledBy, waitingFor, endedAt } = announcement;
  if (state === 'test') return '';
  const name = say.state[state];
  if (state === 'failure' && step !== undefined) return fill(say.failedAt, { state: name, step: codeSpan(step, 150) });
  if (state === 'cancelled' && cancelledBy !== undefined) return fill(say.cancelledBy, { state: name, who: unmarked(cancelledBy, 100) });
  if (state === 'waiting' && waitingFor.length > 0) return fill(say.waitsFor, { state: name, people: people(announcement) });
  if (state === 'inProgress' && step !== undefined) return `${name} · ${codeSpan(step, 150)}`;
  return endedAt === undefined ? name : fill(say.endedAt, { state: name, time: time(endedAt) });
}

function people({ waitingFor }: Announcement): string {
  return waitingFor.slice(0, 10).map((who) => unmarked(who, 60)).join(', ');
}

function duration({ startedAt, endedAt }: Announcement, say: Words): string {
  return endedAt === undefined ? fill(say.since, { time: time(startedAt) }) : spell(endedAt - startedAt);
}

function spell(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Slack writes it in each reader's own time zone. */
function time(at: Instant): string {
  const utc = new Date(at).toISOString();
  return `<!date^${Math.floor(at / 1000)}^{time}|${utc.slice(11, 16)} UTC>`;
}

function links({ runUrl, versionUrl, compareUrl }: Announcement, say: Words): string {
  return [link(runUrl, say.label.run), link(versionUrl, say.label.release), link(compareUrl, say.label.changes)].filter((each) => each.startsWith('<')).join(' · ') || say.label.run;
}

function footer(announcement: Announcement, { canEdit }: MessageStyle, say: Words): string {
  if (announcement.detail === 'whoAndWhy') return say.workflowTellsTheRest;
  const origin = fill(canEdit ? say.editedFrom : say.startAndEndFrom, { who: unmarked(announcement.cancelledBy ?? announcement.actor, 100) });
  return announcement.isLate ? `${origin} · ${say.late}` : origin;
}

function field(label: string, value: string): Mrkdwn {
  return mrkdwn(`*${label}*\n${value}`);
}

function section(text: PlainText | Mrkdwn): Block {
  return { type: 'section', text };
}

function context(texts: readonly string[]): Block {
  return { type: 'context', elements: texts.map(mrkdwn) };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

function plain(text: string, max: number): PlainText {
  return { type: 'plain_text', text: escaped(text, max), emoji: false };
}
