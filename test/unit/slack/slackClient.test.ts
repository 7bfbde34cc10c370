import assert from 'node:assert/strict';
import { isDeployError, type DeployError } from '../../../src/core/deployError.ts';
import { DEMO_SLACK_TOKEN } from '../../../src/simulator/slack/workspace.ts';
import { anAnnouncement, badGatewayAfterEffect, connectionRefused, refusal, resetAfterEffect, silenceAfterEffect, slackRig, slowDown, WEBHOOK_URL, wordsOf, type SlackRig } from '../../support/slackRig.ts';

const posts = ({ requests }: SlackRig) => requests.filter((each) => each.endsWith('chat.postMessage')).length;
const updates = ({ requests }: SlackRig) => requests.filter((each) => each.endsWith('chat.update')).length;

async function refusedWith(promise: Promise<unknown>): Promise<DeployError> {
  try {
    await promise;
  } catch (error) {
    if (isDeployError(error)) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('Slack by bot token', () => {
  it('posts one message and edits it in place', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const post = await rig.clock.until(slack.post('#deploys', anAnnouncement({ state: 'started' })));
    assert.deepEqual(post, { channel: 'C0DEPLOYS1', ts: rig.messages()[0]?.ts });
    await rig.clock.until(slack.edit(post ?? assert.fail(), anAnnouncement({ state: 'success', liveNow: 'v1.4.3' })));
    assert.equal(rig.messages().length, 1);
    assert.match(wordsOf(rig.messages()[0]), /✅ Deployed v1\.4\.3 to production/);
    assert.notEqual(rig.messages()[0]?.editedTs, undefined);
  });

  it('answers in the thread', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const post = await rig.clock.until(slack.post('deploys', anAnnouncement()));
    await rig.clock.until(slack.post('deploys', anAnnouncement({ state: 'failure' }), post));
    assert.deepEqual(rig.messages().map(({ threadTs }) => threadTs), [undefined, post?.ts]);
  });

  it('prints <!channel> as text', async () => {
    const rig = slackRig();
    await rig.clock.until(rig.connect().post('deploys', anAnnouncement({ reason: 'Merge <!channel>' })));
    assert.match(wordsOf(rig.messages()[0]), /Why: Merge &lt;!channel&gt;/);
  });

  it('keeps a second between messages of a channel, and none between channels', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const started = rig.clock.now();
    const at = (channel: string) => slack.post(channel, anAnnouncement()).then(() => rig.clock.now() - started);
    const [first, second, third, elsewhere] = await rig.clock.until(Promise.all([at('deploys'), at('deploys'), at('deploys'), at('crm-staging')]));
    assert.deepEqual([first, second, third, elsewhere], [0, 1000, 2000, 0]);
  });

  it('keeps posts and edits of a channel in one queue, whichever of its names they use', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const post = (await rig.clock.until(slack.post('#deploys', anAnnouncement()))) ?? assert.fail();
    const started = rig.clock.now();
    await rig.clock.until(slack.edit(post, anAnnouncement({ step: 'Build' })));
    assert.equal(rig.clock.now() - started, 1000);
  });

  it('merges edits that wait to the newest', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const post = (await rig.clock.until(slack.post('deploys', anAnnouncement()))) ?? assert.fail();
    const edits = ['Build', 'Test', 'Upload', 'Restart'].map((step) => slack.edit(post, anAnnouncement({ step })));
    await rig.clock.until(Promise.all(edits));
    assert.equal(updates(rig), 1);
    assert.match(wordsOf(rig.messages()[0]), /In progress · `Restart`/);
  });

  it('waits as long as Slack asks, then posts once', async () => {
    const rig = slackRig();
    rig.mischief.push({ path: 'chat.postMessage', act: slowDown(7) });
    const started = rig.clock.now();
    await rig.clock.until(rig.connect().post('deploys', anAnnouncement()));
    assert.equal(rig.clock.now() - started, 7000);
    assert.deepEqual([posts(rig), rig.messages().length], [2, 1]);
  });

  it('waits half a minute when Slack asks without saying how long', async () => {
    const rig = slackRig();
    rig.mischief.push({ path: 'chat.postMessage', act: slowDown(undefined) });
    const started = rig.clock.now();
    await rig.clock.until(rig.connect().post('deploys', anAnnouncement()));
    assert.equal(rig.clock.now() - started, 30_000);
  });

  it('does not hold the queue for a wait of many minutes', async () => {
    const rig = slackRig();
    rig.mischief.push({ path: 'chat.postMessage', act: slowDown(900) });
    const error = await refusedWith(rig.clock.until(rig.connect().post('deploys', anAnnouncement())));
    assert.deepEqual([error.kind, error.retryAt], ['slackRateLimited', rig.clock.now() + 900_000]);
  });

  it('tries a post again when it never left this machine', async () => {
    const rig = slackRig();
    rig.mischief.push({ path: 'chat.postMessage', act: connectionRefused }, { path: 'chat.postMessage', act: connectionRefused });
    await rig.clock.until(rig.connect().post('deploys', anAnnouncement()));
    assert.deepEqual([posts(rig), rig.messages().length], [3, 1]);
  });

  it('gives up on a Slack that stays away, with what to check', async () => {
    const rig = slackRig();
    for (let times = 0; times < 9; times++) rig.mischief.push({ path: 'chat.postMessage', act: connectionRefused });
    const error = await refusedWith(rig.clock.until(rig.connect().post('deploys', anAnnouncement())));
    assert.deepEqual([error.kind, error.values, posts(rig)], ['slackUnreachable', { code: 'ECONNREFUSED' }, 5]);
  });

  for (const [name, act, code] of [
    ['a 502 after the effect', badGatewayAfterEffect, 'HTTP 502'],
    ['a connection that broke after the effect', resetAfterEffect, 'ECONNRESET'],
    ['an answer that never came', silenceAfterEffect, 'SLACK_TIMEOUT'],
    ['Slack’s own doubt', refusal('internal_error'), 'internal_error'],
  ] as const) {
    it(`never posts twice after ${name}`, async () => {
      const rig = slackRig();
      rig.mischief.push({ path: 'chat.postMessage', act });
      const error = await refusedWith(rig.clock.until(rig.connect().post('deploys', anAnnouncement())));
      await rig.clock.advance(600_000);
      assert.deepEqual([error.kind, error.values, posts(rig)], ['slackUnconfirmed', { code }, 1]);
    });

    it(`repeats an edit after ${name}, which changes nothing twice`, async () => {
      const rig = slackRig();
      const slack = rig.connect();
      const post = (await rig.clock.until(slack.post('deploys', anAnnouncement()))) ?? assert.fail();
      rig.mischief.push({ path: 'chat.update', act });
      await rig.clock.until(slack.edit(post, anAnnouncement({ state: 'success' })));
      assert.deepEqual([updates(rig), rig.messages().length], [2, 1]);
      assert.match(wordsOf(rig.messages()[0]), /✅/);
    });
  }

  it('takes the newest state when it repeats an edit', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const post = (await rig.clock.until(slack.post('deploys', anAnnouncement()))) ?? assert.fail();
    rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    const early = slack.edit(post, anAnnouncement({ step: 'Build' }));
    await rig.clock.advance(1500);
    await rig.clock.until(Promise.all([early, slack.edit(post, anAnnouncement({ state: 'success' }))]));
    assert.equal(updates(rig), 2);
    assert.match(wordsOf(rig.messages()[0]), /✅/);
  });

  it('falls back to plain text when Slack does not take the blocks', async () => {
    const rig = slackRig();
    rig.mischief.push({ path: 'chat.postMessage', act: refusal('invalid_blocks') });
    await rig.clock.until(rig.connect().post('deploys', anAnnouncement({ state: 'success' })));
    assert.deepEqual(rig.messages().map(({ text, blocks }) => [text, blocks.length]), [['✅ Deployed `v1.4.3` to `production` · Succeeded', 0]]);
  });

  it('speaks at the top level when the thread is locked', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const post = await rig.clock.until(slack.post('deploys', anAnnouncement()));
    rig.mischief.push({ path: 'chat.postMessage', act: refusal('restricted_action_thread_locked') });
    await rig.clock.until(slack.post('deploys', anAnnouncement({ state: 'failure' }), post));
    assert.deepEqual(rig.messages().map(({ threadTs }) => threadTs), [undefined, undefined]);
  });

  for (const [channel, token, kind, values] of [
    ['general', DEMO_SLACK_TOKEN, 'slackNotInChannel', { channel: 'general', bot: 'boussole' }],
    ['nowhere', DEMO_SLACK_TOKEN, 'slackChannel', { channel: 'nowhere', bot: 'boussole' }],
    ['private', DEMO_SLACK_TOKEN, 'slackChannel', { channel: 'private', bot: 'boussole' }],
    ['old-deploys', DEMO_SLACK_TOKEN, 'slackChannel', { channel: 'old-deploys' }],
    ['deploys', 'xoxb-sim-read-only', 'slackMissingScope', { scope: 'chat:write' }],
    ['deploys', 'xoxb-sim-revoked', 'slackTokenRejected', { code: 'token_revoked' }],
    ['deploys', 'xoxb-nobodys', 'slackTokenRejected', { code: 'invalid_auth' }],
  ] as const) {
    it(`says ${kind} for #${channel} with ${token}, and posts nothing`, async () => {
      const rig = slackRig();
      const error = await refusedWith(rig.clock.until(rig.connect({ kind: 'bot', token }).post(channel, anAnnouncement())));
      assert.deepEqual([error.kind, error.values, rig.messages(channel).length], [kind, values, 0]);
    });
  }

  it('tells to type /invite', async () => {
    const rig = slackRig();
    const { message, values } = await refusedWith(rig.clock.until(rig.connect().post('general', anAnnouncement())));
    assert.equal(message.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '?'), 'The bot is not in the Slack channel general. Type “/invite @boussole” in that channel.');
  });

  it('says that a message is gone', async () => {
    const rig = slackRig();
    const error = await refusedWith(rig.clock.until(rig.connect().edit({ channel: 'C0DEPLOYS1', ts: '1.000001' }, anAnnouncement())));
    assert.deepEqual([error.kind, error.values], ['slackRefused', { code: 'message_not_found' }]);
  });

  it('knows who it is and what it may do', async () => {
    assert.deepEqual(await slackRig().connect().identify(), { team: 'Lumen', bot: 'boussole', scopes: ['chat:write', 'channels:read'] });
  });

  it('finds a channel by name or id, and only one it may post to', async () => {
    const slack = slackRig().connect();
    const deploys = { id: 'C0DEPLOYS1', name: 'deploys' };
    assert.deepEqual([await slack.channel('#deploys'), await slack.channel('deploys'), await slack.channel('C0DEPLOYS1')], [deploys, deploys, deploys]);
    assert.equal((await refusedWith(slack.channel('#general'))).kind, 'slackNotInChannel');
    assert.equal((await refusedWith(slack.channel('old-deploys'))).kind, 'slackChannel');
    assert.equal((await refusedWith(slack.channel('C0PRIVATE1'))).kind, 'slackChannel');
    assert.deepEqual(await slackRig().connect({ kind: 'bot', token: 'xoxb-sim-public' }).channel('general'), { id: 'C0GENERAL1', name: 'general' });
  });

  it('stops when it is told to', async () => {
    const rig = slackRig();
    await assert.rejects(rig.connect().identify(AbortSignal.abort()), { name: 'AbortError' });
    await assert.rejects(rig.connect().post('deploys', anAnnouncement(), undefined, AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(rig.requests, []);
  });

  it('refuses what is no bot token before asking anybody', () => {
    assert.throws(() => slackRig().connect({ kind: 'bot', token: 'xoxp-personal' }), { kind: 'slackTokenRejected' });
    assert.throws(() => slackRig().connect({ kind: 'bot', token: 'xoxb-a b' }), { kind: 'slackTokenRejected' });
  });

  it('keeps the token and what is said out of log and errors', async () => {
    const rig = slackRig();
    const slack = rig.connect();
    const problems: unknown[] = [];
    const secret = anAnnouncement({ reason: 'a reason nobody logs' });
    const trials = [badGatewayAfterEffect, resetAfterEffect, refusal('not_in_channel'), refusal('invalid_auth'), refusal('some_new_code'), slowDown(900)];
    for (const act of trials) {
      rig.mischief.push({ path: 'chat.postMessage', act });
      problems.push(await refusedWith(rig.clock.until(slack.post('deploys', secret))));
    }
    await rig.clock.until(slack.post('deploys', secret));
    const said = rig.logged.join('\n') + problems.map((error) => `${String(error)} ${(error as Error).stack} ${JSON.stringify(error)} ${String((error as Error).cause)}`).join('\n');
    assert.match(said, /Slack chat\.postMessage: 502 in 0 ms/);
    assert.doesNotMatch(said, /xoxb|a reason nobody logs/);
  });
});

describe('Slack by incoming webhook', () => {
  const webhook = { kind: 'webhook', url: WEBHOOK_URL } as const;

  it('posts and gets nothing to edit', async () => {
    const rig = slackRig();
    const slack = rig.connect(webhook);
    assert.equal(await rig.clock.until(slack.post('', anAnnouncement({ state: 'started' }))), undefined);
    assert.equal(slack.canEdit, false);
    assert.match(wordsOf(rig.messages()[0]), /Boussole tells start and end from ana’s editor/);
  });

  it('never posts twice after a 502', async () => {
    const rig = slackRig();
    rig.mischief.push({ path: 'simulatedWebhookOfLumen0', act: badGatewayAfterEffect });
    assert.equal((await refusedWith(rig.clock.until(rig.connect(webhook).post('', anAnnouncement())))).kind, 'slackUnconfirmed');
    assert.deepEqual([rig.messages().length, rig.requests.length], [1, 1]);
  });

  it('waits when Slack asks', async () => {
    const rig = slackRig();
    rig.mischief.push({ path: 'simulatedWebhookOfLumen0', act: slowDown(3) });
    await rig.clock.until(rig.connect(webhook).post('', anAnnouncement()));
    assert.equal(rig.messages().length, 1);
  });

  for (const [path, kind, code] of [
    ['/services/T0LUMEN00/B0ARCHIVE1/simulatedWebhookOfLumen1', 'slackChannel', 'channel_is_archived'],
    ['/services/T0LUMEN00/B0ARCHIVE1/gone', 'slackTokenRejected', 'no_service'],
  ] as const) {
    it(`says ${kind} for ${code}`, async () => {
      const rig = slackRig();
      const error = await refusedWith(rig.clock.until(rig.connect({ kind: 'webhook', url: `http://slack.test${path}` }).post('', anAnnouncement())));
      assert.deepEqual([error.kind, error.values], [kind, { code }]);
    });
  }

  it('posts to Slack’s hosts only, or to the one that the settings name', () => {
    const rig = slackRig();
    for (const url of ['https://hooks.slack.com/services/T1/B1/x', 'https://hooks.slack-gov.com/services/T1/B1/x', WEBHOOK_URL]) rig.connect({ kind: 'webhook', url });
    for (const url of [
      'https://hooks.slack.com.evil.test/services/T1/B1/x',
      'https://evil.test/services/T1/B1/x',
      'http://hooks.slack.com/services/T1/B1/x',
      'https://hooks.slack.com:8443/services/T1/B1/x',
      'https://user@hooks.slack.com/services/T1/B1/x',
      'https://hooks.slack.com/triggers/T1/1/x',
      'nonsense',
    ]) {
      assert.throws(() => rig.connect({ kind: 'webhook', url }), { kind: 'slackTokenRejected' }, url);
    }
    assert.throws(() => rig.connect({ kind: 'webhook', url: 'https://slack.com/services/T1/B1/x' }, { apiUrl: 'https://slack.com/api/' }), { kind: 'slackTokenRejected' });
  });

  it('keeps its address out of log and errors', async () => {
    const rig = slackRig();
    const error = await refusedWith(rig.clock.until(rig.connect({ kind: 'webhook', url: 'http://slack.test/services/T0LUMEN00/B0ARCHIVE1/gone' }).post('', anAnnouncement())));
    rig.mischief.push({ path: 'simulatedWebhookOfLumen0', act: resetAfterEffect });
    const second = await refusedWith(rig.clock.until(rig.connect(webhook).post('', anAnnouncement())));
    const said = [...rig.logged, String(error), error.stack, JSON.stringify(error), String(second), second.stack, JSON.stringify(second)].join('\n');
    assert.match(said, /Slack webhook: 404/);
    assert.doesNotMatch(said, /services|simulatedWebhook/);
  });
});
