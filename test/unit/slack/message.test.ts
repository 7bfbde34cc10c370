import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Announcement } from '../../../src/core/slack.ts';
import { blockProblems } from '../../../src/simulator/slack/blocks.ts';
import { attentionReply, deployMessage } from '../../../src/slack/message.ts';
import { anAnnouncement } from '../../support/slackRig.ts';

const english = { language: 'en', canEdit: true } as const;
const states: readonly Announcement['state'][] = ['started', 'waiting', 'inProgress', 'success', 'failure', 'cancelled', 'unconfirmed'];

describe('A deploy’s message', () => {
  it('says environment, version and what it replaces, who, why, duration, links and what users see now', () => {
    const message = deployMessage(anAnnouncement({ state: 'success', endedAt: Date.UTC(2026, 8, 14, 9, 1, 12), liveNow: 'v1.4.3' }), english);
    assert.deepEqual(message, {
      text: '✅ Deployed `v1.4.3` to `production` · Succeeded at <!date^1789376472^{time}|09:01 UTC>',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '✅ Deployed v1.4.3 to production', emoji: false } },
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: '*Environment*\n`production`', verbatim: true },
            { type: 'mrkdwn', text: '*Version*\n`v1.4.3` (replaces `v1.4.2`)', verbatim: true },
            { type: 'mrkdwn', text: '*Who*\nana', verbatim: true },
            { type: 'mrkdwn', text: '*Duration*\n1 min 12 s', verbatim: true },
            { type: 'mrkdwn', text: '*State*\nSucceeded at <!date^1789376472^{time}|09:01 UTC>', verbatim: true },
            { type: 'mrkdwn', text: '*Users see now*\n`v1.4.3`', verbatim: true },
          ],
        },
        { type: 'section', text: { type: 'plain_text', text: 'Why: Invoices were sent twice', emoji: false } },
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: '<https://github.com/lumen/crm/actions/runs/42|Run on GitHub> · <https://github.com/lumen/crm/releases/tag/v1.4.3|Version on GitHub> · <https://github.com/lumen/crm/compare/v1.4.2...v1.4.3|What changes>',
              verbatim: true,
            },
            { type: 'mrkdwn', text: 'Boussole updates this message from ana’s editor', verbatim: true },
          ],
        },
      ],
    });
  });

  it('has the same shape in every state', () => {
    for (const state of states) {
      const { blocks } = deployMessage(anAnnouncement({ state }), english);
      assert.deepEqual(blocks.map((block) => [block.type, 'fields' in block ? block.fields.length : 0]), [['header', 0], ['section', 6], ['section', 0], ['context', 0]], state);
    }
  });

  it('names the step that failed and the version that is still live', () => {
    const words = JSON.stringify(deployMessage(anAnnouncement({ state: 'failure', step: 'Smoke test', endedAt: Date.UTC(2026, 8, 14, 10) }), english));
    assert.match(words, /Failed at `Smoke test`/);
    assert.match(words, /\*Users see now\*\\n`v1\.4\.2`/);
  });

  it('says who cancelled, and that an end is told late', () => {
    const words = JSON.stringify(deployMessage(anAnnouncement({ state: 'cancelled', cancelledBy: 'ben', endedAt: Date.UTC(2026, 8, 14, 10), isLate: true }), english));
    assert.match(words, /Cancelled by ben/);
    assert.match(words, /told late: no editor was following/);
  });

  it('is short where The workflow tells the rest', () => {
    const { blocks } = deployMessage(anAnnouncement({ detail: 'whoAndWhy', state: 'started', kind: 'rollback' }), english);
    assert.equal(blocks.length, 3);
    assert.match(JSON.stringify(blocks), /🚀 Rolling `production` back to `v1\.4\.3`\\n\*Who\* ana.*Why: Invoices.*The workflow tells the rest itself/);
  });

  it('speaks French', () => {
    const message = deployMessage(anAnnouncement({ state: 'waiting', waitingFor: ['ana', 'ops'] }), { language: 'fr', canEdit: false });
    assert.match(JSON.stringify(message), /✋ Le déploiement de v1\.4\.3 sur production attend une approbation.*En attente d’approbation\u00a0: ana, ops.*Boussole annonce le début et la fin/);
  });

  it('prints a mention in a commit’s title as text', () => {
    const { text, blocks } = deployMessage(anAnnouncement({ reason: 'Fix <!channel> & <@U123>', version: '<!here>', environment: 'a`<!everyone>`', step: '<!channel>' }), english);
    const words = `${text}${JSON.stringify(blocks)}`;
    assert.doesNotMatch(words, /<[!@](?!date\^)/);
    assert.match(words, /Why: Fix &lt;!channel&gt; &amp; &lt;@U123&gt;/);
  });

  it('keeps Slack’s limits whatever it is given', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', ' ', '<'.repeat(10_000), '&'.repeat(40_000), '<!channel>'));
    const maybe = fc.option(hostile, { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({ state: fc.constantFrom(...states), version: hostile, environment: hostile, actor: hostile, reason: hostile, replaces: maybe, step: maybe, liveNow: maybe, waitingFor: fc.array(hostile, { maxLength: 12 }), cancelledBy: maybe }),
        fc.boolean(),
        (change, isFrench) => {
          const style = { language: isFrench ? 'fr' : 'en', canEdit: true } as const;
          for (const { text, blocks } of [deployMessage(anAnnouncement(change), style), attentionReply(anAnnouncement(change), style)]) {
            assert.deepEqual(blockProblems(blocks), []);
            assert.ok(text.length > 0 && text.length < 4000);
            assert.doesNotMatch(JSON.stringify(blocks), /<[!@#](?!date\^)/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('A reply for what needs somebody', () => {
  it('names the reviewers and links to the review', () => {
    const { blocks } = attentionReply(anAnnouncement({ state: 'waiting', waitingFor: ['ben', 'ops'] }), english);
    assert.deepEqual(blocks, [
      { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: '✋ *Approval needed*: `v1.4.3` waits to go to `production`. Reviewers: ben, ops. <https://github.com/lumen/crm/actions/runs/42|Review on GitHub>' } },
    ]);
  });

  it('says what failed and what users see', () => {
    const { blocks } = attentionReply(anAnnouncement({ state: 'failure', step: 'Smoke test' }), english);
    assert.deepEqual(blocks, [
      {
        type: 'section',
        text: { type: 'mrkdwn', verbatim: true, text: '❌ *Failed* at `Smoke test`: `v1.4.3` to `production`. Users see `v1.4.2` now. <https://github.com/lumen/crm/actions/runs/42|Open the run>' },
      },
    ]);
  });
});
