import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changeHold, type HoldChange } from '../../../src/app/changeHold.ts';
import { planDeploy } from '../../../src/app/planDeploy.ts';
import { planPromotion } from '../../../src/app/promote.ts';
import { rollbackChoices, planRollback } from '../../../src/app/rollback.ts';
import { sendDeploy } from '../../../src/app/sendDeploy.ts';
import { DeployError, isDeployError } from '../../../src/core/deployError.ts';
import { dispatch, findWorkflow } from '../../../src/simulator/world/triggers.ts';
import { environmentOf, patient, plan, versionOf, waitUntil } from '../../support/deployFrom.ts';
import { addHold, addLockBranch, removeHold } from '../../support/holds.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

const ana = { by: 'ana', reason: 'The search is broken' };

async function opened(prepare: (world: World) => void = () => undefined): Promise<World> {
  const world = startWorld({ scenario: 'quiet' });
  prepare(world);
  await world.open();
  await world.clock.advance(5_000);
  return world;
}

function held({ simulator: { world } }: World, environment = 'production', lock = ana): void {
  addHold(world, world.home, environment, lock);
}

async function refusal(world: World, work: Promise<unknown>): Promise<DeployError> {
  try {
    await world.clock.until(work);
  } catch (error) {
    if (isDeployError(error)) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const change = (world: World, action: HoldChange['action'], lifts?: HoldChange['lifts']) =>
  changeHold(world.session, { environment: 'production', action, reason: 'Fixed in v2', lifts }, patient);
const lastRun = ({ simulator: { world } }: World) => world.home.runs.at(-1);
const dispatches = ({ sent }: World) => sent.filter(({ path, method }) => method === 'POST' && path.endsWith('/dispatches')).length;

describe('a held environment', () => {
  it('is known with the first picture, for no further request', async () => {
    const world = await opened(held);
    const { hold } = environmentOf(world, 'production');
    assert.deepEqual([hold?.told?.by, hold?.told?.reason, environmentOf(world, 'staging').hold], ['ana', 'The search is broken', undefined]);
    world.dispose();
  });

  it('takes no deploy where GitHub does not tell whether it is held, and a rollback all the same', async () => {
    const world = await opened();
    const version = versionOf(world, 'production');
    // Only this one of the requests that go out together fails.
    Object.assign(world.session.github, { locks: () => Promise.reject(new DeployError('offline', 'GitHub cannot be reached.')) });
    const error = await refusal(world, planDeploy(world.session, { environment: 'production', version, kind: 'deploy' }, patient));
    assert.deepEqual([error.kind, dispatches(world)], ['offline', 0]);
    const [choice] = rollbackChoices(world.session.store.state, 'production');
    assert.ok(choice);
    assert.equal((await world.clock.until(planRollback(world.session, 'production', choice.shipped, patient))).kind, 'rollback');
    world.dispose();
  });

  it('takes no deploy, even when it was held since the last look, and says who, why and since when', async () => {
    const world = await opened();
    const version = versionOf(world, 'production');
    held(world);
    const error = await refusal(world, planDeploy(world.session, { environment: 'production', version, kind: 'deploy' }, patient));
    assert.deepEqual([error.kind, error.message, error.actions], ['held', '{who} holds deploys to {environment}: “{reason}”.', ['liftHold']]);
    assert.deepEqual([error.values['who'], error.values['reason'], error.values['environment']], ['ana', 'The search is broken', 'production']);
    assert.equal(error.since, environmentOf(world, 'production').hold?.told?.at);
    assert.ok(error.since !== undefined);
    assert.equal(dispatches(world), 0);
    world.dispose();
  });

  it('takes no promotion, and a lock whose reason cannot be read holds as well', async () => {
    const world = await opened(({ simulator }) => addLockBranch(simulator.world, simulator.world.home, 'production-branch-deploy-lock', '{'));
    const error = await refusal(world, planPromotion(world.session, patient));
    assert.deepEqual([error.kind, error.message, error.since], ['held', 'Deploys to {environment} are held; by whom and why cannot be read.', undefined]);
    world.dispose();
  });

  it('takes no deploy that was confirmed just before', async () => {
    const world = await opened();
    const planned = await plan(world, 'staging');
    held(world, 'global');
    const error = await refusal(world, sendDeploy(world.session, planned, {}, ''));
    assert.deepEqual([error.kind, error.message, dispatches(world)], ['held', '{who} holds deploys to all environments: “{reason}”.', 0]);
    world.dispose();
  });

  it('takes a rollback', async () => {
    const world = await opened(held);
    const choice = rollbackChoices(world.session.store.state, 'production').find(({ way }) => way.kind !== 'none');
    assert.ok(choice);
    const planned = await world.clock.until(planRollback(world.session, 'production', choice.shipped, patient));
    await world.clock.until(sendDeploy(world.session, planned, {}, 'The search is broken'));
    assert.equal(dispatches(world), 1);
    world.dispose();
  });

  it('takes deploys again the moment that its hold is gone', async () => {
    const world = await opened(held);
    removeHold(world.simulator.world.home, 'production');
    await plan(world, 'production');
    assert.equal(environmentOf(world, 'production').hold, undefined);
    world.dispose();
  });
});

describe('a rollback', () => {
  it('leaves a hold that keeps deploys out until somebody lifts it with a reason', async () => {
    const world = await opened();
    const choice = rollbackChoices(world.session.store.state, 'staging').find(({ way }) => way.kind === 'rollbackWorkflow');
    assert.ok(choice);
    const planned = await world.clock.until(planRollback(world.session, 'staging', choice.shipped, patient));
    await world.clock.until(sendDeploy(world.session, planned, {}, 'Mails are sent twice'));
    await waitUntil(world, () => environmentOf(world, 'staging').hold !== undefined, 30 * 60_000);
    const { hold } = environmentOf(world, 'staging');
    assert.deepEqual([hold?.told?.by, hold?.told?.reason], ['camille', 'Mails are sent twice']);

    const version = versionOf(world, 'staging');
    assert.equal((await refusal(world, planDeploy(world.session, { environment: 'staging', version, kind: 'deploy' }, patient))).kind, 'held');
    await world.clock.until(changeHold(world.session, { environment: 'staging', action: 'release', reason: 'Fixed', lifts: hold }, patient));
    await waitUntil(world, () => environmentOf(world, 'staging').hold === undefined, 10 * 60_000);
    await plan(world, 'staging');
    world.dispose();
  });
});

describe('changing a hold', () => {
  it('asks the repository’s workflow on the default branch, with the reason, and follows its run', async () => {
    const world = await opened(held);
    const run = await world.clock.until(change(world, 'release', environmentOf(world, 'production').hold));
    const started = lastRun(world);
    assert.deepEqual([started?.workflow.path, started?.branch, started?.id], ['.github/workflows/hold.yml', 'main', run?.id]);
    const { correlation_id: id, ...inputs } = started?.inputs ?? {};
    assert.deepEqual(inputs, { environment: 'production', action: 'release', reason: 'Fixed in v2' });
    assert.match(id ?? '', /^[0-9a-f-]{36}$/);
    assert.ok(world.session.store.state.tracked.some((one) => 'seen' in one && one.seen.runId === run?.id));
    world.dispose();
  });

  it('shows in the row once the run has ended, and the run is no deploy of the environment', async () => {
    const world = await opened(held);
    const before = environmentOf(world, 'production').history.length;
    await world.clock.until(change(world, 'release', environmentOf(world, 'production').hold));
    assert.ok(environmentOf(world, 'production').hold, 'it takes the run a while');
    await waitUntil(world, () => environmentOf(world, 'production').hold === undefined, 10 * 60_000);
    assert.equal(environmentOf(world, 'production').history.length, before);
    world.dispose();
  });

  it('is seen when a teammate’s run of the workflow is', async () => {
    const world = await opened();
    const { simulator } = world;
    const workflow = findWorkflow(simulator.world.home, 'hold.yml');
    assert.ok(workflow);
    dispatch(simulator.world, simulator.world.home, workflow, { ref: 'main', actor: 'ana', inputs: { environment: 'staging', action: 'hold', reason: 'Load test' } });
    await waitUntil(world, () => environmentOf(world, 'staging').hold !== undefined, 10 * 60_000);
    assert.equal(environmentOf(world, 'staging').hold?.told?.by, 'ana');
    world.dispose();
  });

  it('finds the run where GitHub does not name it', async () => {
    const world = startWorld({ scenario: 'old-enterprise' });
    const { home } = world.simulator.world;
    await world.open();
    await world.clock.advance(5_000);
    const run = await world.clock.until(change(world, 'hold'), 120_000);
    assert.equal(run?.id, home.runs.at(-1)?.id);
    assert.deepEqual(home.runs.at(-1)?.inputs['action'], 'hold');
    world.dispose();
  });

  it('sends nothing when the hold is gone, is another one, or is there already', async () => {
    const world = await opened(held);
    const confirmed = environmentOf(world, 'production').hold;
    const { home } = world.simulator.world;
    removeHold(home, 'production');
    assert.equal((await refusal(world, change(world, 'release', confirmed))).message, 'Deploys to {environment} are not held any more.');
    held(world, 'production', { by: 'jonas', reason: 'A migration runs' });
    assert.equal((await refusal(world, change(world, 'release', confirmed))).kind, 'refMoved');
    assert.equal((await refusal(world, change(world, 'hold'))).kind, 'held');
    assert.equal(dispatches(world), 0);
    world.dispose();
  });
});
