import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { planDeploy } from '../../../src/app/planDeploy.ts';
import { planInputs } from '../../../src/app/planInputs.ts';
import { planPromotion } from '../../../src/app/promote.ts';
import { sendDeploy } from '../../../src/app/sendDeploy.ts';
import { pullRequestsIn } from '../../../src/core/pullRequests.ts';
import { perform } from '../../../src/simulator/teammates.ts';
import { aWorkflowFile, sha } from '../../support/build.ts';
import { calmDown, environmentOf, patient, plan, runsOf, versionOf, waitUntil } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

async function opened(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const world = startWorld({ scenario: 'quiet', ...options });
  await world.open();
  return world;
}

describe('a plan', () => {
  it('fills what is known, asks nothing, and says what ships', async () => {
    const world = await opened({ scenario: 'team' });
    await calmDown(world);
    const before = environmentOf(world, 'production').live;
    assert.ok(typeof before === 'object');
    const planned = await plan(world, 'production', 'v1.38.0');
    assert.deepEqual(planned.inputs, {
      environment: 'production', version: 'v1.38.0', expected_sha: planned.version.sha, expected_current: before.label, correlation_id: planned.request.correlationId,
    });
    assert.deepEqual([planned.asks, planned.changeable.map(({ name }) => name), planned.reasonInput, planned.isReasonRequired], [[], ['dry_run'], 'reason', false]);
    assert.deepEqual(planned.way, { workflow: '.github/workflows/deploy.yml', ref: 'main' });
    assert.deepEqual(planned.replaces, { label: before.label, sha: before.sha });
    assert.ok(planned.comparison && planned.comparison.aheadBy > 0);
    assert.equal(planned.pullRequests, pullRequestsIn(planned.comparison.commits).length);
    assert.ok(planned.warnings.some(({ message }) => message.startsWith('It waits until one of {reviewers}')));
    assert.equal(world.sent.some(({ method, path }) => method === 'POST' && path.endsWith('/dispatches')), false);
    world.dispose();
  });

  it('starts the workflow on the default branch, and sends another branch’s head as the commit that it is', async () => {
    const world = await opened({ scenario: 'quiet' });
    const own = await plan(world, 'staging', 'develop');
    assert.deepEqual([own.way.ref, own.inputs['version']], ['main', 'develop']);
    const other = await plan(world, 'staging', 'main');
    assert.deepEqual([other.way.ref, other.version.label, other.inputs['version']], ['main', 'main', other.version.sha]);
    world.dispose();
  });

  it('knows whether the workflow will tell Slack: its environment must hold a secret for that', async () => {
    const world = await opened({ scenario: 'quiet' });
    const posts = async () => (await plan(world, 'staging')).request.workflowPosts;
    assert.equal(await posts(), false);
    world.simulator.world.home.environments.find(({ name }) => name === 'notifications')?.secrets.push('SLACK_BOT_TOKEN');
    assert.equal(await posts(), true);
    world.dispose();
  });

  it('warns of who is deploying there, and then does not ask that nothing changes', async () => {
    const world = await opened({ scenario: 'team' });
    const planned = await plan(world, 'staging');
    const [first] = planned.warnings;
    assert.deepEqual([first?.message, first?.values['actor']], ['{actor} is deploying {version} to {environment} right now.', 'ana']);
    assert.equal(planned.inputs['expected_current'], undefined);
    world.dispose();
  });

  it('warns of a deploy backwards, of a pre-release for production, and of the same again', async () => {
    const world = await opened({ scenario: 'team' });
    await calmDown(world);
    const messages = async (label: string) => (await plan(world, 'production', label)).warnings.map(({ message }) => message);
    assert.ok((await messages('v1.36.0')).includes('{version} is older than {live}, which is live now.'));
    assert.ok((await messages('v1.39.0-rc.1')).includes('{version} is a pre-release.'));
    const offBranch = '{version} is not on {branch}: the workflow may refuse it.';
    assert.deepEqual([(await messages('v1.39.0-rc.1')).includes(offBranch), (await messages('v1.36.0')).includes(offBranch)], [true, false]);
    assert.ok((await messages('v1.37.0')).includes('{version} is live in {environment} already: this deploys it again.'));
    world.dispose();
  });

  it('warns of a version that failed there and was not live since', async () => {
    const world = await opened({ scenario: 'failing-production' });
    const failing = async (label: string) => (await plan(world, 'production', label)).warnings.some(({ message }) => message === '{version} failed in {environment} the last time.');
    assert.deepEqual([await failing('v1.38.0'), await failing('v1.36.0')], [true, false]);
    world.dispose();
  });

  it('is sent only while what was confirmed still holds: the version has not moved', async () => {
    const world = await opened();
    const planned = await plan(world, 'staging', 'develop');
    perform(world.simulator.world, { act: 'push', branch: 'develop' });
    await assert.rejects(world.clock.until(sendDeploy(world.session, planned, {}, '')), { kind: 'refMoved' });
    assert.equal(runsOf(world, planned.request.correlationId).length, 0);
    world.dispose();
  });

  it('is sent only while what was confirmed still holds: nothing else went live', async () => {
    const world = await opened();
    const planned = await plan(world, 'staging', 'v1.37.0');
    perform(world.simulator.world, { act: 'deploy', as: 'ana', environment: 'staging', version: 'v1.36.0' });
    world.session.refresher.setAttention({ focused: false, visible: false });
    await world.clock.advance(15 * 60_000);
    await assert.rejects(world.clock.until(sendDeploy(world.session, planned, {}, '')), { kind: 'refMoved' });
    assert.equal(runsOf(world, planned.request.correlationId).length, 0);
    world.dispose();
  });

  it('is sent only while what was confirmed still holds: the first version there is not somebody else’s', async () => {
    const world = await opened();
    const { home } = world.simulator.world;
    home.deployments.splice(0, home.deployments.length);
    await world.clock.until(world.session.refresher.refresh());
    assert.equal(environmentOf(world, 'staging').live, 'nothing');
    const planned = await plan(world, 'staging', 'v1.37.0');
    assert.deepEqual([planned.replaces, planned.isLiveKnown], [undefined, true]);
    perform(world.simulator.world, { act: 'deploy', as: 'ana', environment: 'staging', version: 'v1.36.0' });
    world.session.refresher.setAttention({ focused: false, visible: false });
    await world.clock.advance(15 * 60_000);
    await assert.rejects(world.clock.until(sendDeploy(world.session, planned, {}, '')), { kind: 'refMoved', values: { live: 'v1.36.0', environment: 'staging' } });
    assert.equal(runsOf(world, planned.request.correlationId).length, 0);
    // Who confirmed without knowing what is live confirmed nothing about it.
    const key = await world.clock.until(sendDeploy(world.session, { ...planned, isLiveKnown: false }, {}, ''));
    assert.equal(runsOf(world, key).length, 1);
    world.dispose();
  });

  it('carries the reason in the workflow’s own input and in our record', async () => {
    const world = await opened();
    const planned = await plan(world, 'staging');
    const key = await world.clock.until(sendDeploy(world.session, planned, {}, 'Sales demo'));
    assert.equal(runsOf(world, key)[0]?.inputs['reason'], 'Sales demo');
    assert.equal(world.session.store.state.tracked.find((run) => run.key === key)?.request?.reason, 'Sales demo');
    world.dispose();
  });

  it('is not sent with inputs that GitHub would refuse for their length', async () => {
    const world = await opened();
    const planned = await plan(world, 'staging');
    await assert.rejects(world.clock.until(sendDeploy(world.session, planned, {}, 'x'.repeat(66_000))), { kind: 'inputRejected' });
    assert.equal(runsOf(world, planned.request.correlationId).length, 0);
    world.dispose();
  });

  it('sent twice makes two runs with ids of their own', async () => {
    const world = await opened();
    const planned = await plan(world, 'staging');
    const first = await world.clock.until(sendDeploy(world.session, planned, {}, ''));
    const second = await world.clock.until(sendDeploy(world.session, planned, {}, ''));
    assert.notEqual(first, second);
    assert.deepEqual([runsOf(world, first).length, runsOf(world, second).length], [1, 1]);
    world.dispose();
  });

  const refusals: readonly (readonly [string, string, (world: World) => void])[] = [
    ['an archived repository', 'repositoryArchived', (world) => { world.simulator.world.home.archived = true; }],
    ['a reader', 'forbidden', (world) => { world.simulator.world.home.collaborators.set('camille', 'read'); }],
  ];
  for (const [what, kind, change] of refusals) {
    it(`is refused for ${what}`, async () => {
      const world = startWorld({ scenario: 'quiet' });
      change(world);
      await world.open();
      await assert.rejects(plan(world, 'staging'), { kind });
      world.dispose();
    });
  }

  it('is refused where the workflow at that ref cannot be started by hand', async () => {
    const world = await opened({ settings: { environments: { staging: { branch: 'main' } } } });
    const state = world.session.store.state;
    const oldest = state.releases.filter(({ isDraft }) => !isDraft).at(-1);
    assert.ok(oldest?.sha);
    const { target } = environmentOf(world, 'staging');
    assert.ok(target.deploy);
    const version = { label: oldest.tag, kind: 'release', ref: oldest.tag, sha: oldest.sha } as const;
    await assert.rejects(
      world.clock.until(planDeploy(world.session, { environment: 'staging', version, kind: 'deploy' }, patient, { workflow: target.deploy, ref: oldest.tag })),
      { kind: 'noDispatchTrigger' },
    );
    world.dispose();
  });

  it('is refused for an environment that nobody deploys to, and for a tag that is gone', async () => {
    const world = await opened();
    const version = versionOf(world, 'staging', 'v1.37.0');
    await assert.rejects(world.clock.until(planDeploy(world.session, { environment: 'moon', version, kind: 'deploy' }, patient)), { kind: 'noTarget' });
    world.simulator.world.home.tags.delete('v1.37.0');
    await assert.rejects(world.clock.until(planDeploy(world.session, { environment: 'staging', version, kind: 'deploy' }, patient)), { kind: 'refNotFound' });
    world.dispose();
  });

  it('is left without a trace when the user leaves meanwhile', async () => {
    const world = await opened({ latencyMs: 80 });
    const leaving = new AbortController();
    const planned = planDeploy(world.session, { environment: 'staging', version: versionOf(world, 'staging'), kind: 'deploy' }, leaving.signal);
    const refused = assert.rejects(planned, { name: 'AbortError' });
    leaving.abort();
    await world.clock.advance(1_000);
    await refused;
    assert.equal(world.session.store.state.connection.kind, 'online');
    world.dispose();
  });
});

describe('a promotion', () => {
  it('ships to production what staging runs, as a fixed version', async () => {
    const world = await opened({ scenario: 'team' });
    const { live } = environmentOf(world, 'staging');
    assert.ok(typeof live === 'object');
    const planned = await world.clock.until(planPromotion(world.session, patient));
    assert.deepEqual([planned.kind, planned.target.environment, planned.version.sha], ['promote', 'production', live.sha]);
    assert.notEqual(planned.version.kind, 'branch');
    world.dispose();
  });

  it('says which environment is missing', async () => {
    const world = await opened({ settings: { productionEnvironment: 'moon' } });
    await assert.rejects(world.clock.until(planPromotion(world.session, patient)), { kind: 'noTarget' });
    world.dispose();
  });
});

describe('planned inputs', () => {
  const values = {
    environment: 'production', version: { label: 'v1', kind: 'tag', ref: 'v1', sha: sha('1') }, correlationId: 'id', expectedCurrent: undefined, reason: '',
  } as const;

  it('spells a choice as the workflow does, asks only what is required without a default, and keeps what an earlier deploy was given', () => {
    const dispatchInputs = [
      input('environment', { type: 'choice', options: ['Staging', 'Production'], required: true }),
      input('version', { required: true }),
      input('region', { type: 'choice', options: ['eu', 'us'], required: true }),
      input('dry_run', { type: 'boolean', default: 'false', required: true }),
      input('skip_assets', { type: 'boolean' }),
      input('expected_current', { required: false, default: 'any' }),
    ];
    const planned = planInputs(aWorkflowFile({ dispatchInputs }), values, {}, { skip_assets: 'true', gone: 'x', version: 'v0' });
    assert.deepEqual(planned.inputs, { environment: 'Production', version: 'v1', skip_assets: 'true' });
    assert.deepEqual(planned.asks.map(({ name }) => name), ['region']);
    assert.deepEqual(planned.changeable.map(({ name }) => name), ['dry_run', 'skip_assets']);
  });

  it('does not repeat what was allowed for one deploy only', () => {
    const dispatchInputs = [input('allow_irreversible', { type: 'boolean' }), input('force-push', { type: 'boolean' }), input('force')];
    assert.deepEqual(planInputs(aWorkflowFile({ dispatchInputs }), values, {}, { allow_irreversible: 'true', 'force-push': 'true', force: 'of habit' }).inputs, { force: 'of habit' });
  });

  it('knows that a reason is required, and asks it with the others never', () => {
    const planned = planInputs(aWorkflowFile({ dispatchInputs: [input('reason', { required: true })] }), values, {});
    assert.deepEqual([planned.asks, planned.reasonInput, planned.isReasonRequired], [[], 'reason', true]);
    assert.equal(planInputs(aWorkflowFile({ dispatchInputs: [input('reason', { required: true, default: 'none' })] }), values, {}).isReasonRequired, false);
  });
});

describe('a session', () => {
  it('leaves nothing behind when it is closed', async () => {
    const world = await opened({ scenario: 'team' });
    await waitUntil(world, () => world.session.store.state.facts !== undefined, 10_000);
    world.dispose();
    world.dispose();
    world.forget();
    await world.clock.advance(60 * 60_000);
    assert.deepEqual([world.sent.length, world.clock.waiting], [0, 0]);
  });
});

function input(name: string, more: object = {}) {
  return { name, type: 'string' as const, description: '', required: false, default: undefined, options: [], ...more };
}
