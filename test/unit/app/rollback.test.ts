import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkedRollbackChoices, planRollback, rollbackChoices } from '../../../src/app/rollback.ts';
import { sendDeploy } from '../../../src/app/sendDeploy.ts';
import { perform } from '../../../src/simulator/teammates.ts';
import { calmDown, deploy, environmentOf, patient, runsOf, trackedOf, waitUntil } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';

const minute = 60_000;

async function opened(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const world = startWorld({ scenario: 'quiet', ...options });
  await world.open();
  return world;
}

describe('a rollback', () => {
  it('goes to a fixed version that was live, by the rollback workflow, and then says so', async () => {
    const world = await opened();
    await world.clock.until(world.session.refresher.loadHistory('staging'));
    const live = environmentOf(world, 'staging').live;
    const [best] = rollbackChoices(world.session.store.state, 'staging');
    assert.ok(best?.version && typeof live === 'object' && best.shipped.sha !== live.sha);
    assert.equal(best.way.kind, 'rollbackWorkflow');
    const planned = await world.clock.until(planRollback(world.session, 'staging', best.shipped, patient));
    assert.ok(planned.kind === 'rollback' && planned.version.kind !== 'branch');
    assert.deepEqual(planned.inputs['version'], best.version.ref);
    const key = await world.clock.until(sendDeploy(world.session, planned, {}, 'Contacts are gone'));
    await waitUntil(world, () => trackedOf(world, key).phase === 'completed', 15 * minute);
    await world.clock.advance(30_000);
    const after = environmentOf(world, 'staging');
    assert.ok(typeof after.live === 'object' && after.live.isRollback && after.live.sha === planned.version.sha);
    assert.equal(runsOf(world, key)[0]?.workflow.path, '.github/workflows/rollback.yml');
    world.dispose();
  });

  it('is closed where its only way is a tag whose own copy of the workflow cannot be started by hand', async () => {
    const world = await opened();
    await world.clock.until(world.session.refresher.loadHistory('production'));
    const oldest = world.session.store.state.releases.filter(({ isDraft }) => !isDraft).at(-1);
    assert.ok(oldest?.sha);
    const { tag, sha } = oldest;
    // A workflow that takes no version, and a history that reaches back to the oldest release.
    world.session.store.update((state) => ({
      ...state,
      environments: state.environments.map((one) => ({
        ...one,
        target: { ...one.target, rollback: undefined, deploy: one.target.deploy && { ...one.target.deploy, inputs: {} } },
        history: [...one.history, ...one.history.filter((shipped) => shipped.state === 'superseded').slice(-1).map((shipped) => ({ ...shipped, deploymentId: 1, label: tag, sha }))],
      })),
    }));
    const choices = await world.clock.until(checkedRollbackChoices(world.session, 'production', patient));
    const wayTo = (label: string) => choices.find(({ shipped }) => shipped.label === label)?.way;
    assert.deepEqual(wayTo(tag), { kind: 'none', why: { message: 'Its copy of the workflow cannot be started by hand.', values: {} } });
    assert.ok(choices.some(({ way }) => way.kind === 'tagDispatch'));
    world.dispose();
  });

  it('shows that GitHub’s own record says otherwise when the run shipped an older version from main', async () => {
    const world = await opened({ scenario: 'large' });
    const environment = 'staging/eu-west';
    perform(world.simulator.world, { act: 'deploy', as: 'ana', environment, version: 'v6.36.0' });
    const before = environmentOf(world, environment).history[0]?.deploymentId;
    await waitUntil(world, () => environmentOf(world, environment).history.some(({ deploymentId, state }) => deploymentId !== before && state === 'live'), 15 * minute, 5_000);
    await world.clock.advance(minute);
    const { live } = environmentOf(world, environment);
    assert.ok(typeof live === 'object');
    assert.deepEqual([live.label, live.verdict, live.conflict], ['v6.36.0', 'disagree', 'recordOnly']);
    assert.equal(world.simulator.world.home.sites.get(environment)?.version, 'v6.36.0', 'the site agrees with us');
    world.dispose();
  });

  it('agrees with the record that the pipeline writes itself, whoever started it', async () => {
    const world = await opened({ scenario: 'team' });
    await calmDown(world);
    perform(world.simulator.world, { act: 'deploy', as: 'ana', environment: 'staging', version: 'v1.36.0' });
    await waitUntil(world, () => world.session.store.state.tracked.some(({ phase }) => phase === 'inProgress'), 5 * minute);
    await calmDown(world);
    const { live } = environmentOf(world, 'staging');
    assert.ok(typeof live === 'object');
    assert.deepEqual([live.label, live.verdict, live.by], ['v1.36.0', 'agree', 'ana']);
    assert.deepEqual(live.evidence.filter(({ namesRunCommit }) => namesRunCommit), [], 'its record means the commit that it names');
    world.dispose();
  });

  it('keeps the inputs that we gave the deploy ourselves', async () => {
    const world = await opened();
    const first = await deploy(world, 'staging', 'v1.36.0');
    await waitUntil(world, () => trackedOf(world, first).phase === 'completed', 15 * minute);
    const second = await deploy(world, 'staging', 'v1.37.0');
    await waitUntil(world, () => trackedOf(world, second).phase === 'completed', 15 * minute);
    await world.clock.advance(30_000);
    const run = trackedOf(world, first);
    assert.ok('seen' in run && world.session.tracker.requestOf(run.seen.runId)?.correlationId === first);
    const choice = rollbackChoices(world.session.store.state, 'staging').find(({ shipped }) => shipped.runId === run.seen.runId);
    assert.equal(choice?.version?.label, 'v1.36.0');
    assert.equal(choice?.shipped.evidence[0]?.source, 'ownRecord');
    world.dispose();
  });

  it('is never offered to what is live, and not at all where nothing else was', async () => {
    const world = await opened({ scenario: 'team' });
    for (const { target, live } of world.session.store.state.environments) {
      for (const { shipped } of rollbackChoices(world.session.store.state, target.environment)) {
        assert.ok(typeof live === 'object' && shipped.sha !== live.sha && shipped.succeededAt !== undefined);
      }
    }
    assert.deepEqual(rollbackChoices(world.session.store.state, 'moon'), []);
    world.dispose();
  });

  it('reads what was really shipped before it names it', async () => {
    const world = await opened({ scenario: 'large' });
    const unread = world.session.store.state.environments.find(({ history }) => history.some(({ isProvisional }) => isProvisional));
    const environment = unread?.target.environment ?? assert.fail('everything was read at once');
    await world.clock.until(world.session.refresher.loadHistory(environment));
    const { history } = environmentOf(world, environment);
    assert.equal(history.slice(0, 20).filter(({ isProvisional }) => isProvisional).length, 0);
    world.dispose();
  });

  it('is recognised in the history by its record’s task, with who asked for it', async () => {
    const world = await opened({ scenario: 'team' });
    await world.clock.until(world.session.refresher.loadHistory('production'));
    const rolledBack = environmentOf(world, 'production').history.find(({ isRollback }) => isRollback);
    assert.deepEqual([rolledBack?.verdict, rolledBack?.by, rolledBack?.evidence[0]?.source], ['agree', 'ana', 'payload']);
    world.dispose();
  });
});
