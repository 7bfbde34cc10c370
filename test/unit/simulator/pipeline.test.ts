import assert from 'node:assert/strict';
import type { Run } from '../../../src/simulator/world/model.ts';
import { announce } from '../../../src/simulator/world/deployments.ts';
import { goLive } from '../../../src/simulator/world/servers.ts';
import { latestAttempt } from '../../../src/simulator/world/runs.ts';
import { perform } from '../../../src/simulator/teammates.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';

const MINUTE = 60_000;

/** A quiet world in which production asks nobody. */
function openRig(): SimulatorRig {
  const rig = new SimulatorRig('quiet');
  for (const environment of rig.simulator.world.home.environments) environment.protection = { ...environment.protection, reviewers: [] };
  return rig;
}

/** Lets everything end that was started. */
async function settled(rig: SimulatorRig): Promise<void> {
  rig.pass(15 * MINUTE);
  await rig.rest('GET', '/user');
}

/** What the run's first failing step printed; empty when none failed. */
function refusal(run: Run): string {
  const step = latestAttempt(run).jobs.flatMap(({ steps }) => steps).find(({ conclusion }) => conclusion === 'failure');
  return step?.output?.[0] === undefined ? '' : (JSON.parse(step.output[0]) as { outcome: string }).outcome;
}

function recordOf(rig: SimulatorRig, run: Run) {
  return rig.simulator.world.home.deployments.find(({ job }) => job?.run === run);
}

describe('the pipeline in the simulated world', () => {
  it('gives a push to main its version, tag, record and release', async () => {
    const rig = openRig();
    const { world } = rig.simulator;
    const before = world.home.releases.length;
    perform(world, { act: 'push', branch: 'main', commits: 1 });
    const run = world.home.runs.at(-1) as Run;
    await settled(rig);
    const { payload, sha, task, statuses, creator } = recordOf(rig, run) ?? assert.fail();
    const version = String(payload['version']);
    assert.match(version, /^v1\.(38\.1|39\.0)$/);
    assert.deepEqual([world.home.tags.get(version)?.commit, sha, task, creator], [run.sha, run.sha, 'deploy', 'github-actions[bot]']);
    assert.deepEqual(statuses.map(({ state }) => state), ['in_progress', 'success']);
    assert.equal(statuses[0]?.logPath, `/atelier-nord/crm/actions/runs/${run.id}`);
    assert.deepEqual([payload['actor'], payload['run_id'], payload['release_id']], [run.actor, run.id, `${version}-${sha.slice(0, 7)}-${run.id}.1`]);
    assert.deepEqual(world.home.releases.slice(before).map(({ tagName }) => tagName), [version]);
    assert.equal(world.home.sites.get('production')?.version, version);
  });

  it('calls what goes to staging a candidate of the next version, and tags nothing', async () => {
    const rig = openRig();
    const { home } = rig.simulator.world;
    const tags = home.tags.size;
    perform(rig.simulator.world, { act: 'push', branch: 'develop', commits: 1 });
    const run = home.runs.at(-1) as Run;
    await settled(rig);
    assert.match(String(recordOf(rig, run)?.payload['version']), new RegExp(String.raw`^v1\.\d+\.\d+-rc\.${run.number}$`));
    assert.equal(home.tags.size, tags);
  });

  for (const [outcome, where, inputs] of [
    ['moved', 'plan', { environment: 'staging', version: 'develop', expected_sha: 'f'.repeat(40) }],
    ['unknown_version', 'plan', { environment: 'staging', version: 'main' }],
    ['not_on_branch', 'plan', { environment: 'production', version: 'DEVELOP' }],
    ['stale_expectation', 'ship', { environment: 'staging', expected_current: 'v1.0.0' }],
  ] as const) {
    it(`refuses with ${outcome}`, async () => {
      const rig = openRig();
      const { home } = rig.simulator.world;
      if (outcome === 'not_on_branch') perform(rig.simulator.world, { act: 'push', branch: 'develop' });
      const run = await rig.dispatch('version' in inputs && inputs.version === 'DEVELOP' ? { ...inputs, version: home.branches.get('develop') ?? '' } : inputs);
      await settled(rig);
      assert.equal(refusal(run), outcome);
      assert.equal(latestAttempt(run).jobs.find(({ conclusion }) => conclusion === 'failure')?.definition.key, where);
      assert.equal(recordOf(rig, run), undefined);
    });
  }

  it('refuses to run elsewhere than on the default branch', async () => {
    const rig = openRig();
    const run = await rig.dispatch({ environment: 'staging' }, { ref: 'develop' });
    await settled(rig);
    assert.equal(refusal(run), 'wrong_ref');
  });

  it('only looks on a dry run', async () => {
    const rig = openRig();
    const live = rig.simulator.world.home.sites.get('production');
    const run = await rig.dispatch({ environment: 'production', version: 'v1.36.0', dry_run: 'true' });
    await settled(rig);
    const jobs = latestAttempt(run).jobs.map(({ definition, conclusion }) => `${definition.key} ${conclusion}`);
    assert.deepEqual(jobs.toSorted(), ['announce skipped', 'plan success', 'progress skipped', 'report success', 'ship success', 'verify success', 'version skipped']);
    assert.deepEqual([recordOf(rig, run), rig.simulator.world.home.sites.get('production')], [undefined, live]);
  });

  it('rolls back to what was live, records it as that, and holds deploys until somebody lifts the hold', async () => {
    const rig = openRig();
    const { home } = rig.simulator.world;
    const run = await rig.dispatch({ environment: 'production', reason: 'Mails are lost', expected_current: 'v1.37.0' }, { file: 'rollback.yml' });
    await settled(rig);
    const record = recordOf(rig, run) ?? assert.fail();
    const site = home.sites.get('production');
    assert.equal(latestAttempt(run).conclusion, 'success');
    assert.deepEqual([record.task, record.sha, record.payload['version'], record.statuses.at(-1)?.state], ['rollback', site?.sha, site?.version, 'success']);
    const lock = JSON.parse(home.commits.get(home.branches.get('production-branch-deploy-lock') ?? '')?.files.get('lock.json') ?? '{}') as Record<string, unknown>;
    assert.deepEqual([lock['reason'], lock['created_by'], lock['sticky'], lock['environment']], ['Mails are lost', 'camille', true, 'production']);

    const held = await rig.dispatch({ environment: 'production', version: 'v1.38.0' });
    await settled(rig);
    assert.equal(refusal(held), 'held');
    await rig.dispatch({ environment: 'production', action: 'release', reason: 'Repaired' }, { file: 'hold.yml' });
    await settled(rig);
    const passes = await rig.dispatch({ environment: 'production', version: 'v1.38.0' });
    await settled(rig);
    assert.deepEqual([latestAttempt(passes).conclusion, home.sites.get('production')?.version], ['success', 'v1.38.0']);
  });

  it('does not let a deploy that waited behind a rollback undo it', async () => {
    const rig = openRig();
    const { home } = rig.simulator.world;
    const deploy = await rig.dispatch({ environment: 'staging' });
    rig.pass(60_000);
    await rig.rest('GET', '/user');
    const rollback = await rig.dispatch({ environment: 'staging', reason: 'Broken' }, { file: 'rollback.yml' });
    await settled(rig);
    assert.equal(latestAttempt(rollback).conclusion, 'success');
    assert.match(refusal(deploy), /^(rolled_back_since|held)$/);
    assert.equal(home.sites.get('staging')?.sha, recordOf(rig, rollback)?.sha);
  });

  it('publishes nothing to a frozen server, and rolls back all the same', async () => {
    const rig = openRig();
    await rig.dispatch({ environment: 'staging', action: 'freeze', reason: 'The disk is dying' }, { file: 'hold.yml' });
    await settled(rig);
    const deploy = await rig.dispatch({ environment: 'staging' });
    await settled(rig);
    assert.equal(refusal(deploy), 'frozen');
    const rollback = await rig.dispatch({ environment: 'staging', reason: 'The disk is dying' }, { file: 'rollback.yml' });
    await settled(rig);
    assert.equal(latestAttempt(rollback).conclusion, 'success');
  });

  it('takes back what does not answer from outside', async () => {
    const rig = openRig();
    const { world } = rig.simulator;
    const live = world.home.sites.get('staging');
    world.mishaps.push({ environment: 'staging', step: 'Check from outside', times: 1 });
    const run = await rig.dispatch({ environment: 'staging', version: 'v1.36.0' });
    await settled(rig);
    assert.deepEqual([latestAttempt(run).conclusion, recordOf(rig, run)?.statuses.at(-1)?.state], ['failure', 'failure']);
    assert.equal(world.home.sites.get('staging')?.sha, live?.sha);
  });

  it('closes the record of a deploy that was cancelled on the way', async () => {
    const rig = openRig();
    const run = await rig.dispatch({ environment: 'staging' });
    for (let passed = 0; !recordOf(rig, run) && passed < 300; passed += 5) {
      rig.pass(5000);
      await rig.rest('GET', '/user');
    }
    await rig.rest('POST', `R/actions/runs/${run.id}/cancel`);
    await settled(rig);
    assert.deepEqual(recordOf(rig, run)?.statuses.map(({ state }) => state), ['in_progress', 'error']);
  });

  it('says of a release that its re-run finds live, and of which nothing good was said, that it is', async () => {
    const rig = openRig();
    const run = await rig.dispatch({ environment: 'staging' });
    await settled(rig);
    const record = recordOf(rig, run) ?? assert.fail();
    announce(rig.simulator.world, record, { state: 'error', description: 'Ended without an answer', creator: 'github-actions[bot]' });
    await rig.rest('POST', `R/actions/runs/${run.id}/rerun`);
    await settled(rig);
    assert.equal(latestAttempt(run).conclusion, 'success');
    assert.deepEqual(record.statuses.map(({ state }) => state), ['in_progress', 'success', 'error', 'success']);
    assert.equal(rig.simulator.world.home.deployments.filter(({ job }) => job?.run === run).length, 1);
  });

  for (const [version, outcome] of [['', 'superseded'], ['main', '']] as const) {
    it(`${outcome === '' ? 'lets a person who names a version' : 'keeps "the newest" from'} put older code in the place of newer code`, async () => {
      const rig = openRig();
      const { world } = rig.simulator;
      const run = await rig.dispatch({ environment: 'production', version });
      rig.pass(MINUTE);
      await rig.rest('GET', '/user');
      perform(world, { act: 'push', branch: 'main', commits: 1 });
      const newer = world.home.branches.get('main') ?? '';
      goLive(world, world.home, 'production', { id: `v9.0.0-${newer.slice(0, 7)}-1.1`, version: 'v9.0.0', sha: newer }, 'publish');
      await settled(rig);
      assert.equal(refusal(run), outcome);
    });
  }

  it('goes one step back, however often the same rollback runs', async () => {
    const rig = openRig();
    const { home } = rig.simulator.world;
    const run = await rig.dispatch({ environment: 'staging', reason: 'Broken' }, { file: 'rollback.yml' });
    await settled(rig);
    const live = home.sites.get('staging')?.sha;
    await rig.rest('POST', `R/actions/runs/${run.id}/rerun`);
    await settled(rig);
    assert.deepEqual([refusal(run), home.sites.get('staging')?.sha], ['stale_expectation', live]);
  });

  it('prints one line of JSON a script, which its outputs repeat', async () => {
    const rig = openRig();
    const run = await rig.dispatch({ environment: 'production', version: 'v1.38.0' });
    await settled(rig);
    const plan = latestAttempt(run).jobs[0] ?? assert.fail();
    const line = JSON.parse(plan.steps.find(({ name }) => name === 'Plan')?.output?.[0] ?? '{}') as Record<string, unknown>;
    assert.deepEqual([line['script'], line['outcome'], line['code'], line['version'], line['reserve']], ['plan', 'planned', 0, 'v1.38.0', 'false']);
    assert.deepEqual([plan.outputs['version'], plan.outputs['sha']], [line['version'], line['sha']]);
  });
});
