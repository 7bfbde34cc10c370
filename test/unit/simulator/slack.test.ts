import assert from 'node:assert/strict';
import type { SimRequest, SimResponse } from '../../../src/simulator/http.ts';
import { createSlackWorld, type SlackWorld } from '../../../src/simulator/slack/slackWorld.ts';
import { mrkdwnToHtml, plainTextToHtml } from '../../../src/simulator/slack/mrkdwn.ts';
import { DEMO_SLACK_TOKEN, DEMO_WEBHOOK_PATH } from '../../../src/simulator/slack/workspace.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

type Answer = Record<string, unknown> & { readonly ok: boolean };

class Caller {
  readonly clock = new VirtualClock();
  readonly world: SlackWorld = createSlackWorld({ clock: this.clock });

  async ask(method: string, path: string, { body = '', headers = {}, query = '' }: { body?: string; headers?: Record<string, string>; query?: string } = {}): Promise<SimResponse> {
    const request: SimRequest = { method, path, query: new URLSearchParams(query), headers: { host: 'slack.test', ...headers }, body };
    return (await this.world.handle(request)) ?? assert.fail(`${path} is nobody's`);
  }

  async call(name: string, args: Record<string, string> = {}, token = DEMO_SLACK_TOKEN): Promise<Answer> {
    const { status, body } = await this.form(name, args, token);
    assert.equal(status, 200);
    return JSON.parse(body) as Answer;
  }

  form(name: string, args: Record<string, string>, token = DEMO_SLACK_TOKEN): Promise<SimResponse> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${token}` };
    return this.ask('POST', `/slack/api/${name}`, { headers, body: new URLSearchParams(args).toString() });
  }

  hook(body: unknown, path = DEMO_WEBHOOK_PATH): Promise<SimResponse> {
    return this.ask('POST', path, { headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  }
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('The simulated Slack’s Web API', () => {
  it('tells who a token is, and its scopes in a header', async () => {
    const { headers, body } = await new Caller().form('auth.test', {});
    assert.equal(headers['x-oauth-scopes'], 'chat:write,channels:read');
    assert.deepEqual(JSON.parse(body), { ok: true, url: 'http://slack.test/slack/', team: 'Lumen', user: 'boussole', team_id: 'T0LUMEN00', user_id: 'U0BOUSSOLE', bot_id: 'B0BOUSSOLE', is_enterprise_install: false });
  });

  it('refuses at HTTP 200 what it does not know or trust', async () => {
    const caller = new Caller();
    assert.equal((await caller.call('chat.sing')).error, 'unknown_method');
    assert.equal((await caller.call('auth.test', {}, 'xoxb-nobodys')).error, 'invalid_auth');
    assert.equal((await caller.call('auth.test', {}, 'xoxb-sim-revoked')).error, 'token_revoked');
    assert.equal(JSON.parse((await caller.ask('POST', '/slack/api/auth.test')).body).error, 'not_authed');
  });

  it('names the scope that is missing', async () => {
    const caller = new Caller();
    assert.deepEqual(await caller.call('chat.postMessage', { channel: 'deploys', text: 'x' }, 'xoxb-sim-read-only'), { ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'channels:read' });
    assert.deepEqual(await caller.call('conversations.list', { types: 'private_channel' }), { ok: false, error: 'missing_scope', needed: 'groups:read', provided: 'chat:write,channels:read' });
  });

  it('posts where the bot is, by name or id, and answers with the id', async () => {
    const caller = new Caller();
    const answer = await caller.call('chat.postMessage', { channel: '#deploys', text: 'Hello', blocks: JSON.stringify([section('Hello')]) });
    assert.deepEqual([answer.channel, answer.ts], ['C0DEPLOYS1', '1789376400.000000']);
    assert.deepEqual((await caller.call('chat.postMessage', { channel: 'C0DEPLOYS1', text: 'Again' })).ts, '1789376400.000001');
  });

  it('names a message by whole microseconds, however time is cut', async () => {
    const caller = new Caller();
    await caller.clock.advance(0.123_456_7);
    assert.match(String((await caller.call('chat.postMessage', { channel: 'deploys', text: 'x' })).ts), /^\d{10}\.\d{6}$/);
  });

  it('posts elsewhere only with the right to', async () => {
    const caller = new Caller();
    const post = async (channel: string, token?: string) => (await caller.call('chat.postMessage', { channel, text: 'x' }, token)).error;
    assert.deepEqual([await post('general'), await post('general', 'xoxb-sim-public'), await post('private'), await post('nowhere'), await post('old-deploys')], ['not_in_channel', undefined, 'channel_not_found', 'channel_not_found', 'is_archived']);
  });

  it('takes JSON bodies too', async () => {
    const caller = new Caller();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${DEMO_SLACK_TOKEN}` };
    const { body } = await caller.ask('POST', '/slack/api/chat.postMessage', { headers, body: JSON.stringify({ channel: 'deploys', blocks: [section('x')] }) });
    assert.equal(JSON.parse(body).ok, true);
    assert.equal(JSON.parse((await caller.ask('POST', '/slack/api/auth.test', { headers, body: '{' })).body).error, 'invalid_json');
  });

  it('edits in place its own messages, by the channel’s id only', async () => {
    const caller = new Caller();
    const { ts } = (await caller.call('chat.postMessage', { channel: 'deploys', text: 'One' })) as unknown as { ts: string };
    await caller.hook({ text: 'From the webhook' });
    const [, other] = caller.world.workspace.channel('deploys')?.messages ?? [];
    const update = async (args: Record<string, string>) => (await caller.call('chat.update', { text: 'Two', ...args })).error;
    assert.deepEqual(
      [await update({ channel: 'deploys', ts }), await update({ channel: 'C0DEPLOYS1', ts: '1.1' }), await update({ channel: 'C0DEPLOYS1', ts: other?.ts ?? '' }), await update({ channel: 'C0DEPLOYS1', ts, text: 'x'.repeat(40_001) }), await update({ channel: 'C0DEPLOYS1', ts })],
      ['channel_not_found', 'message_not_found', 'cant_update_message', 'msg_too_long', undefined],
    );
    const [message, ...rest] = caller.world.workspace.channel('deploys')?.messages ?? [];
    assert.deepEqual([message?.text, message?.ts, message?.editedTs !== undefined, rest.length], ['Two', ts, true, 1]);
  });

  it('keeps replies under their parent', async () => {
    const caller = new Caller();
    const parent = (await caller.call('chat.postMessage', { channel: 'deploys', text: 'One' })) as unknown as { ts: string };
    const reply = await caller.call('chat.postMessage', { channel: 'deploys', text: 'Reply', thread_ts: parent.ts });
    assert.equal((reply.message as { thread_ts: string }).thread_ts, parent.ts);
    assert.equal((await caller.call('chat.postMessage', { channel: 'deploys', text: 'Reply', thread_ts: '1.1' })).error, 'thread_not_found');
  });

  it('keeps Block Kit’s limits', async () => {
    const caller = new Caller();
    const post = async (blocks: unknown) => {
      await caller.clock.advance(5000);
      return caller.call('chat.postMessage', { channel: 'deploys', text: 'x', blocks: typeof blocks === 'string' ? blocks : JSON.stringify(blocks) });
    };
    assert.equal((await post('[')).error, 'invalid_blocks_format');
    for (const blocks of [
      Array.from({ length: 51 }, () => section('x')),
      [section('')],
      [section('x'.repeat(3001))],
      [{ type: 'section' }],
      [{ type: 'section', fields: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'x' })) }],
      [{ type: 'section', fields: [{ type: 'mrkdwn', text: 'x'.repeat(2001) }] }],
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
      [{ type: 'context', elements: [] }],
      [{ type: 'carousel' }],
      [{ ...section('x'), block_id: 'x'.repeat(256) }],
    ]) {
      assert.equal((await post(blocks)).error, 'invalid_blocks', JSON.stringify(blocks).slice(0, 80));
    }
    assert.deepEqual((await post([section('')])).errors, ['must be more than 0 characters [json-pointer:/blocks/0/text/text]']);
    assert.equal((await post([section('x'.repeat(3000)), { type: 'divider' }])).ok, true);
    assert.equal((await caller.call('chat.postMessage', { channel: 'deploys', text: ' ' })).error, 'no_text');
  });

  it('cuts a very long text and says so', async () => {
    const caller = new Caller();
    const answer = await caller.call('chat.postMessage', { channel: 'deploys', text: 'x'.repeat(50_000) });
    assert.deepEqual(answer.response_metadata, { warnings: ['message_truncated'] });
    assert.equal(caller.world.workspace.channel('deploys')?.messages[0]?.text.length, 40_000);
  });

  it('takes a short burst, then one message a second and channel', async () => {
    const caller = new Caller();
    const post = (channel: string) => caller.form('chat.postMessage', { channel, text: 'x' });
    for (let times = 0; times < 4; times++) assert.equal((await post('deploys')).status, 200);
    const refused = await post('deploys');
    assert.deepEqual([refused.status, refused.headers['retry-after'], JSON.parse(refused.body)], [429, '1', { ok: false, error: 'ratelimited' }]);
    assert.equal((await post('crm-staging')).status, 200);
    await caller.clock.advance(1000);
    assert.equal((await post('deploys')).status, 200);
    assert.equal(caller.world.workspace.channel('deploys')?.messages.length, 5);
  });

  it('lists channels by pages, and knows about one', async () => {
    const caller = new Caller();
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await caller.call('conversations.list', { limit: '2', exclude_archived: 'true', cursor });
      names.push(...(page.channels as { name: string }[]).map(({ name }) => name));
      cursor = (page.response_metadata as { next_cursor: string }).next_cursor;
    } while (cursor !== '');
    assert.deepEqual(names, ['deploys', 'crm-staging', 'general']);
    assert.equal((await caller.call('conversations.list', { limit: '1000' })).error, 'invalid_limit');
    const { channel } = await caller.call('conversations.info', { channel: 'C0GENERAL1' });
    assert.deepEqual([(channel as Answer)['name'], (channel as Answer)['is_member']], ['general', false]);
    assert.equal((await caller.call('conversations.info', { channel: 'general' })).error, 'channel_not_found');
  });

  it('gives a message’s address', async () => {
    const caller = new Caller();
    const { ts } = (await caller.call('chat.postMessage', { channel: 'deploys', text: 'x' })) as unknown as { ts: string };
    const { permalink } = await caller.call('chat.getPermalink', { channel: 'C0DEPLOYS1', message_ts: ts });
    assert.equal(permalink, `http://slack.test/slack/deploys#p${ts.replace('.', '')}`);
    assert.match((await caller.ask('GET', '/slack/deploys')).body, new RegExp(`id="p${ts.replace('.', '')}"`));
  });
});

describe('The simulated Slack’s incoming webhooks', () => {
  it('answer in plain words', async () => {
    const caller = new Caller();
    const answers = [
      await caller.hook({ text: 'Hello', blocks: [section('Hello')] }),
      await caller.hook('payload={"text":"x"}'),
      await caller.hook({}),
      await caller.hook({ blocks: [section('')] }),
      await caller.hook({ text: 'x' }, '/services/T0LUMEN00/B0ARCHIVE1/simulatedWebhookOfLumen1'),
      await caller.hook({ text: 'x' }, '/services/T0LUMEN00/B0/unknown'),
    ];
    assert.deepEqual(answers.map(({ status, body }) => [status, body]), [[200, 'ok'], [400, 'invalid_payload'], [400, 'no_text'], [400, 'invalid_blocks'], [410, 'channel_is_archived'], [404, 'no_service']]);
    assert.equal(caller.world.workspace.channel('deploys')?.messages.length, 1);
  });

  it('slow down who is too fast', async () => {
    const caller = new Caller();
    for (let times = 0; times < 4; times++) await caller.hook({ text: 'x' });
    const { status, headers } = await caller.hook({ text: 'x' });
    assert.deepEqual([status, headers['retry-after']], [429, '1']);
  });
});

describe('The page of a channel', () => {
  it('shows messages, edits and threads, with nothing inline', async () => {
    const caller = new Caller();
    const { ts } = (await caller.call('chat.postMessage', { channel: 'deploys', text: 'One' })) as unknown as { ts: string };
    await caller.call('chat.postMessage', { channel: 'deploys', text: 'Reply', thread_ts: ts });
    await caller.call('chat.update', { channel: 'C0DEPLOYS1', ts, text: 'Two' });
    const { body, headers } = await caller.ask('GET', '/slack/deploys');
    assert.match(body, /<p>Two<\/p>.*1 reply.*<p>Reply<\/p>/s);
    assert.match(body, /\(edited\)/);
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'.*script-src 'self'/);
    assert.doesNotMatch(body, /<script(?! src="\/slack\/channel\.js")|<style|\son\w+=|\sstyle=/);
  });

  it('is followed by its JSON, whose version grows with every change', async () => {
    const caller = new Caller();
    const version = async () => (JSON.parse((await caller.ask('GET', '/slack/deploys.json')).body) as { version: number }).version;
    const before = await version();
    await caller.hook({ text: 'Hello' });
    assert.deepEqual([before, await version()], [0, 1]);
  });

  it('leads from the front door to #deploys, and knows its files', async () => {
    const caller = new Caller();
    assert.deepEqual([(await caller.ask('GET', '/slack/')).headers['location'], (await caller.ask('GET', '/slack/channel.css')).status, (await caller.ask('GET', '/slack/channel.js')).status, (await caller.ask('GET', '/slack/emoji/rocket.svg')).status, (await caller.ask('GET', '/slack/nowhere')).status], ['/slack/deploys', 200, 200, 200, 404]);
  });

  it('leaves other paths to others', async () => {
    const { world } = new Caller();
    assert.equal(await world.handle({ method: 'GET', path: '/slackers', query: new URLSearchParams(), headers: {}, body: '' }), undefined);
  });
});

describe('mrkdwn as HTML', () => {
  it('is escaped before it is marked up', () => {
    assert.equal(mrkdwnToHtml('*bold* _it_ ~no~ `<b>` &lt;script&gt; "quoted"'), '<strong>bold</strong> <em>it</em> <del>no</del> <code>&lt;b&gt;</code> &lt;script&gt; &quot;quoted&quot;');
    assert.equal(mrkdwnToHtml('<javascript:alert(1)|x>'), '&lt;javascript:alert(1)|x&gt;');
    assert.equal(mrkdwnToHtml('<x" onmouseover=1|<b>'), '&lt;x&quot; onmouseover=1|&lt;b&gt;');
    assert.equal(mrkdwnToHtml('<https://a.test/?x="y&amp;z=1|label>'), '<a href="https://a.test/?x=&quot;y&amp;z=1" target="_blank" rel="noreferrer noopener">label</a>');
  });

  it('shows loudly what would ring at people’s desks', () => {
    assert.equal(mrkdwnToHtml('<!channel> <@U1> &lt;!here&gt;'), '<mark class="mention">@channel</mark> <mark class="mention">@U1</mark> &lt;!here&gt;');
  });

  it('writes dates for the reader’s own zone', () => {
    assert.equal(mrkdwnToHtml('<!date^1789376472^{time}|09:01 UTC>'), '<time datetime="2026-09-14T09:01:12.000Z" data-format="{time}">09:01</time>');
  });

  it('does not mark up plain text, and draws the emoji it knows', () => {
    assert.equal(plainTextToHtml('*a* &lt;b&gt; :x:\n`c`'), '*a* &lt;b&gt; :x:<br>`c`');
    assert.equal(mrkdwnToHtml(':tada: :nobody:'), '<img class="emoji" src="/slack/emoji/tada.svg" alt="🎉"> :nobody:');
  });
});
