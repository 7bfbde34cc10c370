import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { DEMO_WEBHOOK_PATH } from '../../src/simulator/slack/workspace.ts';
import { json, text } from '../../src/simulator/http.ts';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { requireSuccess, stopOf } from '../support/pipeline/world/outcome.ts';
import { picture } from '../support/pipeline/world/picture.ts';
import type { Run } from '../support/pipeline/workflow/run.ts';

describePipeline('Slack', ({ world, scenario }) => {
  const slackAnswers = (answer: (path: string) => ReturnType<typeof json> | undefined) => {
    world().intercept = ({ path }) => (path.startsWith('/slack/') || path.startsWith('/services/') ? answer(path) : undefined);
  };

  scenario('stops no deploy when it is down, unwilling or not set up', async () => {
    world().machine['SLACK_API_URL'] = 'http://127.0.0.1:9/api';
    const down = await world().push('develop');
    requireSuccess(down);
    assert.deepEqual(told(down), ['not_delivered', undefined, 'not_delivered']);
    world().machine['SLACK_API_URL'] = `${world().url}/slack/api`;
    slackAnswers(() => json({ ok: false, error: 'channel_not_found' }));
    const unwilling = await world().dispatch('hold', { environment: 'production', action: 'hold', reason: 'the fair is on' });
    requireSuccess(unwilling);
    assert.equal(told(unwilling)[2], 'not_delivered');
    assert.match(unwilling.jobs.get('report')?.steps.at(-1)?.stderr ?? '', /^::warning::.*channel_not_found/m);
    world().environments.notifications.secrets['SLACK_BOT_TOKEN'] = '';
    const none = await world().dispatch('rollback', { environment: 'production', reason: 'to nothing' });
    assert.equal(stopOf(none), 'ship: no_such_release 66', 'what stops it is not Slack');
    assert.deepEqual([told(none), world().messages()], [['not_configured', undefined, 'not_configured'], []]);
  });

  scenario('is waited for when it asks for a second, and not when it asks for a minute', async () => {
    const asked: string[] = [];
    slackAnswers((path) => {
      asked.push(path.split('/').at(-1) ?? '');
      if (asked.length === 1) return text('', 429, { 'retry-after': '1' });
      return path.endsWith('chat.update') ? text('', 429, { 'retry-after': '60' }) : undefined;
    });
    const run = await world().push('develop');
    requireSuccess(run);
    assert.deepEqual(asked, ['chat.postMessage', 'chat.postMessage', 'chat.update', 'chat.update', 'chat.postMessage']);
    assert.deepEqual(world().messages().map(({ threadTs }) => threadTs !== undefined), [false, true], 'the end is said in the thread when the message cannot be edited');
  });

  scenario('shows a hostile commit as text, and no shell reads it', async () => {
    const title = 'fix: <!channel> $(touch pwned) `touch pwned` "; touch pwned; \' & <https://evil.test|our site> *bold* \u202eesrever';
    await world().commit('main', `${title}\n\n::set-output name=x::y\nEOF\noutcome=published`);
    const run = await world().dispatch('deploy', { environment: 'production', reason: '<@U123> `::error::` $(id)\n::warning::no' });
    requireSuccess(run);
    assert.equal(await picture(world(), run), `Deploy head to production: success
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✓ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✓, Keep the release ✓
  ✓ Progress: Check out ✓, Tell the team ✓
  ✓ Version: Check out ✓, Reserve the version ✓
  ✓ Ship: Check out ✓, Fetch the release ✓, Check the server ✓, Upload ✓, Publish ✓, Check from outside ✓
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> releases/v1.0.0-c2-run1.1
  releases: v1.0.0-c2-run1.1
  publish_begin v1.0.0-c2-run1.1
  publish_done v1.0.0-c2-run1.1
tags:
  v1.0.0 = c2
releases:
  v1.0.0
records:
  deploy v1.0.0-c2-run1.1 of c2 after null “Deploy v1.0.0”: in_progress “Under way”, success “v1.0.0 is live”
Slack:
  (edited) ✅ Deployed crm v1.0.0 to production
    *Version* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`done\`
    *Took* \`DURATION\`
    Why: &lt;@U123&gt; \`::error::\` $(id) ::warning::no
    Commit: fix: &lt;!channel&gt; $(touch pwned) \`touch pwned\` "; touch pwned; ' &amp; &lt;https://evil.test|our site&gt; *bold* esrever
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/commit/c2|Changes> · TIME`);
    assert.deepEqual(readdirSync(world().folder, { recursive: true }).filter((path) => String(path).endsWith('pwned')), []);
    for (const job of run.jobs.values()) assert.doesNotMatch(job.steps.map(({ stdout, stderr }) => stdout + stderr).join('\n'), /^::(warning|set-output)/m);
  });

  scenario('is told by webhook at the start and the end, where there is no bot', async () => {
    const { secrets } = world().environments.notifications;
    secrets['SLACK_BOT_TOKEN'] = '';
    secrets['SLACK_WEBHOOK_URL'] = `${world().url}${DEMO_WEBHOOK_PATH}`;
    const run = await world().push('main');
    requireSuccess(run);
    assert.deepEqual(world().messages().map(({ text: words, author }) => `${author}: ${words}`), ['webhook: 🚀 Deploying crm v1.0.0 to production', 'webhook: ✅ Deployed crm v1.0.0 to production']);
  });
});

/** What became of the three messages of a run. */
function told(run: Run): (string | undefined)[] {
  return ['announce', 'progress', 'report'].map((job) => /"script":"notify","outcome":"(\w+)"/.exec(run.jobs.get(job)?.steps.at(-1)?.stdout ?? '')?.[1]);
}
