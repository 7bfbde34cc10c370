import assert from 'node:assert/strict';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { messageOf, stopOf } from '../support/pipeline/world/outcome.ts';
import { picture, stable } from '../support/pipeline/world/picture.ts';

describePipeline('a release that is no good', ({ world, prepare, scenario }) => {
  prepare(async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    await world().commit('main', 'feat: a bad page');
  });
  const isLive = (id: string) => assert.equal(stable(world(), world().live('production') ?? ''), id);
  const record = () => world().deployments().at(-1)?.statuses.at(-1);

  scenario('is taken back by the server, and everybody is told', async () => {
    world().servers.production.hook('health', '[[ $2 == v1.0.0-* ]]');
    const run = await world().push('main');
    assert.equal(await picture(world(), run), `Deploy main to production: failure
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✓ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✓, Keep the release ✓
  ✓ Progress: Check out ✓, Tell the team ✓
  ✓ Version: Check out ✓, Reserve the version ✓
  ✗ Ship: Check out ✓, Fetch the release ✓, Check the server ✓, Upload ✓, Publish ✗, Check from outside –
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> releases/v1.0.0-c1-past1.1
  releases: v1.0.0-c1-past1.1, v1.1.0-c2-run1.1
  publish_begin v1.0.0-c1-past1.1
  publish_done v1.0.0-c1-past1.1
  publish_begin v1.1.0-c2-run1.1
  publish_unhealthy v1.1.0-c2-run1.1
tags:
  v1.0.0 = c1
  v1.1.0 = c2
records:
  deploy v1.1.0-c2-run1.1 of c2 after v1.0.0-c1-past1.1 “Deploy v1.1.0”: in_progress “Under way”, failure “v1.1.0-c2-run1.1 was not healthy; v1.0.0-c1-past1.1 is live again.”
Slack:
  (edited) ↩️ Failed and taken back: deploy of crm v1.1.0 to production
    *Version* \`v1.1.0\`
    *In place of* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`health check\`
    *Took* \`DURATION\`
    *Users* \`v1.0.0 is live again\`
    v1.1.0-c2-run1.1 was not healthy; v1.0.0-c1-past1.1 is live again.
    Next: read the log of the release on the server; mend it, then push.
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/compare/v1.0.0...v1.1.0|Changes> · TIME
  ↳ ↩️ Failed and taken back: deploy of crm v1.1.0 to production
    *Version* \`v1.1.0\`
    *In place of* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`health check\`
    *Took* \`DURATION\`
    *Users* \`v1.0.0 is live again\`
    v1.1.0-c2-run1.1 was not healthy; v1.0.0-c1-past1.1 is live again.
    Next: read the log of the release on the server; mend it, then push.
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/compare/v1.0.0...v1.1.0|Changes> · TIME`);
  });

  scenario('is taken back when it is not what users see', async () => {
    world().site.production = () => ({ status: 200, headers: {}, body: 'release v1.0.0' });
    const run = await world().push('main');
    assert.equal(await picture(world(), run), `Deploy main to production: failure
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✓ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✓, Keep the release ✓
  ✓ Progress: Check out ✓, Tell the team ✓
  ✓ Version: Check out ✓, Reserve the version ✓
  ✗ Ship: Check out ✓, Fetch the release ✓, Check the server ✓, Upload ✓, Publish ✓, Check from outside ✗
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> releases/v1.0.0-c1-past1.1
  releases: v1.0.0-c1-past1.1, v1.1.0-c2-run1.1
  publish_begin v1.0.0-c1-past1.1
  publish_done v1.0.0-c1-past1.1
  publish_begin v1.1.0-c2-run1.1
  publish_done v1.1.0-c2-run1.1
  rollback_begin v1.0.0-c1-past1.1
  rollback_done v1.0.0-c1-past1.1
tags:
  v1.0.0 = c1
  v1.1.0 = c2
records:
  deploy v1.1.0-c2-run1.1 of c2 after v1.0.0-c1-past1.1 “Deploy v1.1.0”: in_progress “Under way”, failure “v1.1.0-c2-run1.1 is not seen at VERSION_URL (last answer: 200); v1.0.0-c1-past1.1 is live again.”
Slack:
  (edited) ↩️ Failed and taken back: deploy of crm v1.1.0 to production
    *Version* \`v1.1.0\`
    *In place of* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`health check\`
    *Took* \`DURATION\`
    *Users* \`v1.0.0 is live again\`
    v1.1.0-c2-run1.1 is not seen at VERSION_URL (last answer: 200); v1.0.0-c1-past1.1 is live again.
    Next: read the log of the release on the server; mend it, then push.
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/compare/v1.0.0...v1.1.0|Changes> · TIME
  ↳ ↩️ Failed and taken back: deploy of crm v1.1.0 to production
    *Version* \`v1.1.0\`
    *In place of* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`health check\`
    *Took* \`DURATION\`
    *Users* \`v1.0.0 is live again\`
    v1.1.0-c2-run1.1 is not seen at VERSION_URL (last answer: 200); v1.0.0-c1-past1.1 is live again.
    Next: read the log of the release on the server; mend it, then push.
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/compare/v1.0.0...v1.1.0|Changes> · TIME`);
  });

  scenario('is taken back without help when the one before is ill as well, and that is said', async () => {
    world().servers.production.hook('health', 'exit 1');
    const run = await world().push('main');
    assert.equal(stopOf(run), 'ship: revert_unhealthy 21');
    isLive('v1.0.0-c1-past1.1');
    assert.equal(record()?.state, 'failure');
    assert.match(world().messages().at(-1)?.text ?? '', /^❌ Failed: deploy of crm v1\.1\.0 to production/);
  });

  scenario('stays where nothing is there to go back to, or where the database has gone on', async () => {
    await world().commit('main', 'feat: drop the prices', { MIGRATIONS: { text: '1_drop irreversible\n' } });
    world().servers.production.hook('health', '[[ $2 == v1.0.0-* ]]');
    const run = await world().push('main');
    assert.equal(stopOf(run), 'ship: health_failed_irreversible 23');
    isLive('v1.1.0-c3-run1.1');
    assert.equal(record()?.state, 'failure');
  });

  scenario('does not get to the server when its upload does not fit there', async () => {
    world().servers.production.configure({ min_free_kb: 900_000_000_000 });
    const run = await world().push('main');
    assert.equal(stopOf(run), 'ship: disk_low 28');
    isLive('v1.0.0-c1-past1.1');
    assert.match(messageOf(run, 'ship'), /^Only \d+ KB are free/);
  });
});
