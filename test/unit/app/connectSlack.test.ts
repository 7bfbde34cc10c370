import assert from 'node:assert/strict';
import { checkSlack, sendTest } from '../../../src/app/connectSlack.ts';
import { gitHubDotCom } from '../../../src/core/gitHubHost.ts';
import { slackRig, WEBHOOK_URL, wordsOf } from '../../support/slackRig.ts';

const repository = { host: gitHubDotCom, owner: 'lumen', name: 'crm' };

describe('Connecting Slack', () => {
  it('finds nothing missing where all is well', async () => {
    const check = await checkSlack(slackRig().connect(), '#deploys');
    assert.deepEqual(check, { identity: { team: 'Lumen', bot: 'boussole', scopes: ['chat:write', 'channels:read'] }, channel: { id: 'C0DEPLOYS1', name: 'deploys' }, missing: [] });
  });

  for (const [token, channel, missing] of [
    ['xoxb-sim-token', 'general', [['slackNotInChannel', { channel: '#general', bot: 'boussole' }]]],
    ['xoxb-sim-token', 'nowhere', [['slackChannel', { channel: '#nowhere', bot: 'boussole' }]]],
    ['xoxb-sim-read-only', 'general', [['slackMissingScope', { scope: 'chat:write' }], ['slackNotInChannel', { channel: '#general', bot: 'boussole' }]]],
    ['xoxb-sim-write-only', 'deploys', [['slackMissingScope', { scope: 'channels:read' }]]],
    ['xoxb-sim-revoked', 'deploys', [['slackTokenRejected', { code: 'token_revoked' }]]],
    ['xoxb-sim-public', 'general', []],
  ] as const) {
    it(`says what ${token} lacks for #${channel}: ${missing.map(([kind]) => kind).join(', ') || 'nothing'}`, async () => {
      const check = await checkSlack(slackRig().connect({ kind: 'bot', token }), channel);
      assert.deepEqual(check.missing.map(({ kind, values }) => [kind, values]), missing);
    });
  }

  it('posts nothing while it looks', async () => {
    const rig = slackRig();
    await checkSlack(rig.connect(), 'deploys');
    assert.equal(rig.messages().length, 0);
  });

  it('sends a test message, by webhook too', async () => {
    const rig = slackRig();
    const about = { repository, actor: 'ana', clock: rig.clock };
    await rig.clock.until(sendTest(rig.connect(), 'deploys', about));
    await rig.clock.until(sendTest(rig.connect({ kind: 'webhook', url: WEBHOOK_URL }), '', about));
    const expected = '🧭 Boussole is connected\nA test from ana’s editor. Deploys of `lumen/crm` will be told here.';
    assert.deepEqual(rig.messages().map(wordsOf), [expected, expected]);
  });
});
