import assert from 'node:assert/strict';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { messageOf, requireSuccess, stopOf } from '../support/pipeline/world/outcome.ts';
import { picture, stable } from '../support/pipeline/world/picture.ts';

describePipeline('a rollback', ({ world, prepare, scenario }) => {
  prepare(async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    for (const version of ['v1.1.0', 'v1.2.0']) await world().ship('production', version, (await world().commit('main', `feat: ${version}`)).sha);
  });
  const id = (version: string) => world().servers.production.list('releases').find((each) => each.startsWith(`${version}-`)) ?? '';
  const back = (inputs: Readonly<Record<string, string>> = {}) => world().dispatch('rollback', { environment: 'production', reason: 'the prices are wrong', ...inputs });
  const isHeld = (): boolean => world().repository.branches.has('production-branch-deploy-lock');

  scenario('goes to the release before, whose commit and version its record names, and holds deploys', async () => {
    assert.equal(await picture(world(), await back({ expected_current: 'v1.2.0', correlation_id: 'abc-1' })), `Roll back production to previous [abc-1]: success
  ✓ Plan: Check out ✓, Plan ✓
  ✓ Announce: Check out ✓, Tell the team ✓
  ✓ Ship: Check out ✓, Check the server ✓, Roll back ✓, Check from outside ✓
  ✓ Hold: Check out ✓, Hold deploys ✓
  ✓ Report: Check out ✓, Close the record ✓, Write the report ✓, Keep the report ✓, Tell the team ✓
server:
  current -> releases/v1.1.0-c2-past2.1
  releases: v1.0.0-c1-past1.1, v1.1.0-c2-past2.1, v1.2.0-c3-past3.1
  publish_begin v1.0.0-c1-past1.1
  publish_done v1.0.0-c1-past1.1
  publish_begin v1.1.0-c2-past2.1
  publish_done v1.1.0-c2-past2.1
  publish_begin v1.2.0-c3-past3.1
  publish_done v1.2.0-c3-past3.1
  rollback_begin v1.1.0-c2-past2.1
  rollback_done v1.1.0-c2-past2.1
tags:
  v1.0.0 = c1
  v1.1.0 = c2
  v1.2.0 = c3
records:
  rollback v1.1.0-c2-past2.1 of c2 after v1.2.0-c3-past3.1 “Roll back to v1.1.0”: in_progress “Under way”, success “v1.1.0 is live”
hold:
  camille: the prices are wrong
Slack:
  (edited) ✅ Rolled back crm production to v1.1.0
    *Version* \`v1.1.0\`
    *In place of* \`v1.2.0\`
    *By* \`camille\`
    *Phase* \`done\`
    *Took* \`DURATION\`
    Why: the prices are wrong
    Deploys to production are held; rollbacks pass.
    <http://github/atelier-nord/crm/actions/runs/run1|Run> · <http://github/atelier-nord/crm/compare/v1.2.0...v1.1.0|Changes> · TIME`);
  });

  scenario('goes to the one that is asked for, by tag, commit or release id', async () => {
    for (const [wanted, expected] of [['v1.0.0', id('v1.0.0')], [world().commits[1]?.sha ?? '', id('v1.1.0')]] as const) {
      requireSuccess(await back({ version: wanted }));
      assert.equal(world().live('production'), expected);
    }
    assert.deepEqual(world().deployments().map(({ payload }) => payload['version']), ['v1.0.0', 'v1.1.0']);
    const again = await back({ version: id('v1.1.0') });
    requireSuccess(again);
    assert.deepEqual([again.jobs.get('ship')?.outputs['outcome'], world().deployments().length], ['already_live', 2]);
  });

  scenario('refuses what is not there, what was never live, and what is no longer as it was seen', async () => {
    const never = `v1.3.0-${(await world().commit('main', 'feat: v1.3.0')).sha.slice(0, 7)}-17.1`;
    world().servers.production.hook('health', 'exit 1');
    assert.equal((await world().servers.production.publish(never, id('v1.2.0'))).outcome, 'revert_unhealthy');
    world().servers.production.hook('health', 'exit 0');
    assert.equal(stopOf(await back({ version: 'v0.1.0' })), 'ship: no_such_release 66');
    assert.equal(stopOf(await back({ version: never })), 'ship: never_activated 78');
    assert.equal(stopOf(await back({ version: 'v1.0.0', expected_current: 'v1.1.0' })), 'ship: stale_expectation 76');
    assert.equal(stopOf(await back({ reason: ' ' })), 'plan: usage 64');
    assert.deepEqual([world().live('production'), world().deployments(), isHeld()], [id('v1.2.0'), [], false]);
  });

  scenario('does not cross an irreversible migration, unless a person insists', async () => {
    const [first] = world().commits;
    const fourth = await world().commit('main', 'feat: v2.0.0');
    const fourthId = await world().ship('production', 'v2.0.0', fourth.sha, { MIGRATIONS: '17_drop_prices irreversible\n' });
    const refused = await back();
    assert.equal(stopOf(refused), 'ship: crosses_irreversible_migration 79');
    assert.match(messageOf(refused, 'ship'), /17_drop_prices/);
    assert.deepEqual([world().live('production'), isHeld(), world().deployments().at(-1)?.statuses.at(-1)?.state], [fourthId, false, 'failure']);
    requireSuccess(await back({ version: 'v1.0.0', allow_irreversible: 'true' }));
    assert.equal(stable(world(), world().live('production') ?? ''), `v1.0.0-${stable(world(), first?.sha ?? '')}-past1.1`);
  });

  scenario('that is not seen from outside stays, says so loudly, and holds deploys all the same', async () => {
    world().site.production = () => ({ status: 502, headers: {}, body: 'bad gateway' });
    const run = await back();
    assert.equal(stopOf(run), 'ship: unhealthy_outside 55');
    assert.deepEqual([world().live('production'), isHeld(), world().deployments().at(-1)?.statuses.at(-1)?.state], [id('v1.1.0'), true, 'failure']);
    assert.match(world().messages().at(-1)?.text ?? '', /^❌ Failed: rollback of crm production/);
  });

  scenario('leaves the releases that can be gone back to, however often one goes back', async () => {
    world().servers.production.configure({ keep: 2 });
    requireSuccess(await back({ version: 'v1.0.0' }));
    await world().point('refs/heads/production-branch-deploy-lock', undefined);
    await world().commit('main', 'fix: the prices');
    // A plan of the same second as the rollback could have been made before it, and is refused.
    await world().nextSecond();
    requireSuccess(await world().push('main'));
    const kept = world().servers.production.list('releases').map((each) => stable(world(), each));
    assert.deepEqual(kept.filter((each) => each.startsWith('v1.0.0') || each.startsWith('v1.2.1')).length, 2, kept.join());
    requireSuccess(await back());
    assert.equal(world().live('production'), id('v1.0.0'), 'not the one that was rolled back');
  });
});
