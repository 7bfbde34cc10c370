import assert from 'node:assert/strict';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { messageOf, requireSuccess, stopOf } from '../support/pipeline/world/outcome.ts';
import { picture, reportOf, stable } from '../support/pipeline/world/picture.ts';

describePipeline('a deploy', ({ world, scenario }) => {
  scenario('is the first one: tag, record, release and message say the same', async () => {
    assert.equal(await picture(world(), await world().push('main')), `Deploy main to production: success
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✓ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✓, Keep the release ✓
  ✓ Progress: Check out ✓, Tell the team ✓
  ✓ Version: Check out ✓, Reserve the version ✓
  ✓ Ship: Check out ✓, Fetch the release ✓, Check the server ✓, Upload ✓, Publish ✓, Check from outside ✓
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> releases/v1.0.0-c1-run1.1
  releases: v1.0.0-c1-run1.1
  publish_begin v1.0.0-c1-run1.1
  publish_done v1.0.0-c1-run1.1
tags:
  v1.0.0 = c1
releases:
  v1.0.0
records:
  deploy v1.0.0-c1-run1.1 of c1 after null “Deploy v1.0.0”: in_progress “Under way”, success “v1.0.0 is live”
Slack:
  (edited) ✅ Deployed crm v1.0.0 to production
    *Version* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`done\`
    *Took* \`DURATION\`
    Commit: chore: begin
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/commit/c1|Changes> · TIME`);
  });

  scenario('takes the place of the one before, under the version that its commits ask for', async () => {
    await world().ship('production', 'v1.2.0', world().commits[0]?.sha ?? '');
    await world().commit('main', 'fix: a typo');
    await world().commit('main', 'feat(pages): a second page\n\nIt says: fix! feat!: nothing of this counts.');
    const run = await world().push('main');
    assert.equal(await picture(world(), run), `Deploy main to production: success
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✓ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✓, Keep the release ✓
  ✓ Progress: Check out ✓, Tell the team ✓
  ✓ Version: Check out ✓, Reserve the version ✓
  ✓ Ship: Check out ✓, Fetch the release ✓, Check the server ✓, Upload ✓, Publish ✓, Check from outside ✓
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> releases/v1.3.0-c3-run1.1
  releases: v1.2.0-c1-past1.1, v1.3.0-c3-run1.1
  publish_begin v1.2.0-c1-past1.1
  publish_done v1.2.0-c1-past1.1
  publish_begin v1.3.0-c3-run1.1
  publish_done v1.3.0-c3-run1.1
tags:
  v1.2.0 = c1
  v1.3.0 = c3
releases:
  v1.3.0
records:
  deploy v1.3.0-c3-run1.1 of c3 after v1.2.0-c1-past1.1 “Deploy v1.3.0”: in_progress “Under way”, success “v1.3.0 is live”
Slack:
  (edited) ✅ Deployed crm v1.3.0 to production
    *Version* \`v1.3.0\`
    *In place of* \`v1.2.0\`
    *By* \`camille\`
    *Phase* \`done\`
    *Took* \`DURATION\`
    Commit: feat(pages): a second page
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/compare/v1.2.0...v1.3.0|Changes> · TIME`);
    const { outcome, version, previous_release_id, current_release_id, coverage, ...more } = reportOf(run);
    assert.deepEqual([outcome, version, coverage], ['success', 'v1.3.0', null]);
    assert.deepEqual([previous_release_id, current_release_id].map((id) => stable(world(), String(id))), ['v1.2.0-c1-past1.1', 'v1.3.0-c3-run1.1']);
    assert.deepEqual([more['run_id'], more['run_attempt'], more['direction']], [run.id, 1, 'deploy']);
  });

  scenario('does nothing when the whole run is run again', async () => {
    const run = await world().push('main');
    const before = await picture(world(), run);
    const again = await world().runner.rerun(run, 'all');
    requireSuccess(again);
    assert.equal(again.jobs.get('ship')?.outputs['outcome'], 'already_current');
    assert.equal(withoutTalk(await picture(world(), again)), withoutTalk(before));
  });

  scenario('waits for the one before it, and both go live in order', async () => {
    const mayPublish = Promise.withResolvers<void>();
    const uploaded = Promise.withResolvers<void>();
    const first = world().push('main', {
      beforeStep: async ({ step }) => {
        if (step !== 'Publish') return;
        uploaded.resolve();
        await mayPublish.promise;
      },
    });
    await uploaded.promise;
    await world().commit('main', 'feat: a second page');
    const second = world().push('main', {
      beforeStep: ({ step }) => assert.ok(step !== 'Fetch the release' || stable(world(), world().live('production') ?? '') === 'v1.0.0-c1-run1.1'),
      beforeGroup: (job) => void (job === 'ship' && mayPublish.resolve()),
    });
    for (const run of [await first, await second]) requireSuccess(run);
    const shipped = world().servers.production.story().map((line) => stable(world(), line));
    assert.deepEqual(shipped, ['publish_begin v1.0.0-c1-run1.1', 'publish_done v1.0.0-c1-run1.1', 'publish_begin v1.1.0-c2-run2.1', 'publish_done v1.1.0-c2-run2.1']);
    assert.deepEqual(world().deployments().map(({ payload }) => stable(world(), String(payload['previous_release_id']))), ['null', 'v1.0.0-c1-run1.1']);
  });

  scenario('does not begin to upload when its job lacks a permission that it uses', async () => {
    world().editWorkflow = (_file, content) => content.replace('      deployments: write\n', '');
    const run = await world().push('main');
    assert.equal(stopOf(run), 'ship: github_refused 60');
    assert.match(world().refused.splice(0).join(), /POST .*\/deployments needs deployments=write/);
    assert.equal(world().live('production'), undefined);
  });

  scenario('of staging gets a candidate of the next version and no tag', async () => {
    assert.equal(await picture(world(), await world().push('develop'), 'staging'), `Deploy develop to staging: success
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✓ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✓, Keep the release ✓
  ✓ Progress: Check out ✓, Tell the team ✓
  – Version
  ✓ Ship: Check out ✓, Fetch the release ✓, Check the server ✓, Upload ✓, Publish ✓, Check from outside ✓
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> releases/v1.0.0-rc.1-c1-run1.1
  releases: v1.0.0-rc.1-c1-run1.1
  publish_begin v1.0.0-rc.1-c1-run1.1
  publish_done v1.0.0-rc.1-c1-run1.1
records:
  deploy v1.0.0-rc.1-c1-run1.1 of c1 after null “Deploy v1.0.0-rc.1”: in_progress “Under way”, success “v1.0.0-rc.1 is live”
Slack:
  (edited) ✅ Deployed crm v1.0.0-rc.1 to staging
    *Version* \`v1.0.0-rc.1\`
    *By* \`camille\`
    *Phase* \`done\`
    *Took* \`DURATION\`
    Commit: chore: begin
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/commit/c1|Changes> · TIME`);
    assert.deepEqual([world().live('production'), await world().tags()], [undefined, {}]);
  });

  scenario('only looks when it is a dry run', async () => {
    const run = await world().dispatch('deploy', { environment: 'production', dry_run: 'true' });
    assert.equal(await picture(world(), run), `Dry run of head to production: success
  ✓ Plan: Check out ✓, Plan ✓
  – Announce
  ✓ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✓, Keep the release ✓
  – Progress
  – Version
  ✓ Ship: Check out ✓, Fetch the release ✓, Check the server ✓, Upload –, Publish –, Check from outside –
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team –
server:
  current -> nothing
  releases: none`);
    assert.equal(stable(world(), messageOf(run, 'ship')), 'v1.0.0-c1-run1.1 could be shipped; live is nothing. Nothing was changed.');
  });

  scenario('is not begun when its tests fail', async () => {
    await world().commit('main', 'feat: half a page', { broken: { text: '' } });
    const run = await world().push('main');
    assert.equal(stopOf(run), 'verify: build_failed 40');
    assert.equal(await picture(world(), run), `Deploy main to production: failure
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✗ Verify: Check out the pipeline ✓, Check out the release ✓, Test and build ✗, Keep the release –
  – Progress
  – Version
  – Ship
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> nothing
  releases: none
Slack:
  (edited) ❌ Failed: deploy of crm v1.0.0 to production
    *Version* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`verify\`
    *Took* \`DURATION\`
    *Users* \`what was live still is\`
    The team's .deploy/build ended with 1.
    Next: mend the build or the tests, then push.
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/commit/c2|Changes> · TIME
  ↳ ❌ Failed: deploy of crm v1.0.0 to production
    *Version* \`v1.0.0\`
    *By* \`camille\`
    *Phase* \`verify\`
    *Took* \`DURATION\`
    *Users* \`what was live still is\`
    The team's .deploy/build ended with 1.
    Next: mend the build or the tests, then push.
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/commit/c2|Changes> · TIME`);
  });
});

/** A picture without the run's page and Slack. */
function withoutTalk(text: string): string {
  return text.slice(text.indexOf('\nserver:'), text.indexOf('\nSlack:'));
}
