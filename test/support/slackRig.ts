import type { Announcement, Slack } from '../../src/core/slack.ts';
import type { Log } from '../../src/core/log.ts';
import type { SlackCredential } from '../../src/core/slackCredential.ts';
import { fetchFrom } from '../../src/simulator/simFetch.ts';
import type { SimRequest, SimResponse } from '../../src/simulator/http.ts';
import { createSlackWorld, type SlackWorld } from '../../src/simulator/slack/slackWorld.ts';
import { DEMO_SLACK_TOKEN, DEMO_WEBHOOK_PATH, type SlackMessage } from '../../src/simulator/slack/workspace.ts';
import { createSlack, type SlackOptions } from '../../src/slack/slackClient.ts';
import { VirtualClock } from './virtualClock.ts';

export const SLACK_API = 'http://slack.test/slack/api/';
export const WEBHOOK_URL = `http://slack.test${DEMO_WEBHOOK_PATH}`;

/** What happens to the next request that a test wants to go wrong; `perform` lets the world have its effect first. */
export type Mischief = (request: SimRequest, perform: () => Promise<SimResponse>) => Promise<SimResponse>;

/** A simulated Slack, reached without sockets, with a virtual clock and a log that is kept. */
export interface SlackRig {
  readonly clock: VirtualClock;
  readonly world: SlackWorld;
  /** `method path` of every request that left. */
  readonly requests: readonly string[];
  readonly logged: readonly string[];
  readonly log: Log;
  /** Goes wrong at the next requests whose path ends so, once each. */
  readonly mischief: { readonly path: string; readonly act: Mischief }[];
  readonly fetch: typeof fetch;
  connect(credential?: SlackCredential, more?: Partial<SlackOptions>): Slack;
  /** What #deploys holds. */
  messages(channel?: string): readonly SlackMessage[];
}

export function slackRig(): SlackRig {
  const clock = new VirtualClock();
  const world = createSlackWorld({ clock });
  const requests: string[] = [];
  const logged: string[] = [];
  const mischief: { path: string; act: Mischief }[] = [];
  const log: Log = {
    info: (message) => void logged.push(message),
    debug: (message) => void logged.push(message),
    warn: (message) => void logged.push(message),
    error: (message, error) => void logged.push(`${message} ${error instanceof Error ? (error.stack ?? '') : String(error)}`),
  };
  const fetch = fetchFrom(async (request) => {
    requests.push(`${request.method} ${request.path}`);
    const perform = async () => (await world.handle(request)) ?? { status: 404, headers: {}, body: '' };
    const index = mischief.findIndex(({ path }) => request.path.endsWith(path));
    const [trouble] = index < 0 ? [] : mischief.splice(index, 1);
    return { kind: 'answer', response: await (trouble ? trouble.act(request, perform) : perform()) };
  });
  return {
    clock,
    world,
    requests,
    logged,
    log,
    mischief,
    fetch,
    connect: (credential = { kind: 'bot', token: DEMO_SLACK_TOKEN }, more = {}) => createSlack({ credential, apiUrl: SLACK_API, clock, log, fetch, ...more }),
    messages: (channel = 'deploys') => world.workspace.channel(channel)?.messages ?? [],
  };
}

/** Answers 502 after the effect happened. */
export const badGatewayAfterEffect: Mischief = async (_, perform) => {
  await perform();
  return { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' };
};

/** The request never leaves this machine. */
export const connectionRefused: Mischief = () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }) }));

/** The connection breaks after the effect happened. */
export const resetAfterEffect: Mischief = async (_, perform) => {
  await perform();
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
};

/** The effect happens, the answer never comes. */
export const silenceAfterEffect: Mischief = async (_, perform) => {
  await perform();
  return new Promise<never>(() => undefined);
};

/** Slack asks to wait. */
export function slowDown(seconds: number | undefined): Mischief {
  const headers: Record<string, string> = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  return async () => ({ status: 429, headers, body: '{"ok":false,"error":"ratelimited"}' });
}

/** Slack refuses with a code, without effect. */
export function refusal(error: string): Mischief {
  return async () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: false, error }) });
}

/** Everything that a reader sees of a message. */
export function wordsOf(message: SlackMessage | undefined): string {
  return (message?.blocks ?? []).flatMap(({ text, fields = [], elements = [] }) => [...(text ? [text] : []), ...fields, ...elements].map((each) => each.text)).join('\n');
}

/** A deploy that is under way; a test changes what it is about. */
export function anAnnouncement(change: Partial<Announcement> = {}): Announcement {
  return {
    detail: 'full',
    state: 'inProgress',
    kind: 'deploy',
    repository: 'lumen/crm',
    environment: 'production',
    version: 'v1.4.3',
    versionUrl: 'https://github.com/lumen/crm/releases/tag/v1.4.3',
    replaces: 'v1.4.2',
    actor: 'ana',
    reason: 'Invoices were sent twice',
    runUrl: 'https://github.com/lumen/crm/actions/runs/42',
    compareUrl: 'https://github.com/lumen/crm/compare/v1.4.2...v1.4.3',
    step: undefined,
    waitingFor: [],
    cancelledBy: undefined,
    startedAt: Date.UTC(2026, 8, 14, 9, 0, 0),
    endedAt: undefined,
    isLate: false,
    liveNow: 'v1.4.2',
    ...change,
  };
}
