import assert from 'node:assert/strict';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { startCommandRig, type CommandRig } from '../../support/commandRig.ts';
import { resetVscode } from '../../support/fakeVscode.ts';

const tracked = ({ world }: CommandRig): TrackedRun | undefined => world.session.store.state.tracked.find(({ request }) => request);
const environment = ({ world }: CommandRig, name: string) => {
  const found = world.session.store.state.environments.find(({ target }) => target.environment === name);
  assert.ok(found);
  return found;
};

describe('rolling back by command', () => {
  let rig: CommandRig;

  beforeEach(async () => {
    resetVscode();
    rig = await startCommandRig({ scenario: 'quiet' });
  });
  afterEach(() => rig.dispose());

  it('takes one Enter for each of environment, version and reason, and one dialog for production', async () => {
    const live = environment(rig, 'production').live;
    assert.ok(typeof live === 'object');
    const shown = await rig.ask('boussole.rollBack', undefined, '⏎', '⏎', '⏎', 'Roll Back production to');
    assert.deepEqual(shown.map(({ kind }) => kind), ['quickPick', 'quickPick', 'inputBox', 'warning']);
    assert.match(shown[0]?.choices[0] ?? '', /^(staging|production)$/);
    assert.equal(shown[2]?.message, `Roll Back production from ${live.label} to ${tracked(rig)?.request?.version.label}: Why?`);
    assert.equal(shown[3]?.modal, true);
    assert.match(shown[3]?.message ?? '', /^Roll back production to \S+\?$/);
    assert.match(shown[3]?.detail ?? '', /undoes \d+ commits?/i);
    assert.match(shown[3]?.detail ?? '', new RegExp(`replaces ${live.label.replaceAll('.', String.raw`\.`)}`));
    const request = tracked(rig)?.request;
    assert.equal(request?.kind, 'rollback');
    assert.notEqual(request?.version.sha, live.sha);
    assert.equal(request?.inputs['reason'], `Back from ${live.label} to ${request?.version.label}`, 'the workflow wants a reason, and Enter gives one');
    assert.equal(request?.inputs['expected_current'], live.label);
  });

  it('offers the best candidate first and never what is live', async () => {
    const live = environment(rig, 'production').live;
    const shown = await rig.ask('boussole.rollBack', { repositoryKey: rig.key, environment: 'production' }, undefined);
    const choices = shown[0]?.choices ?? [];
    assert.ok(choices.length > 1);
    assert.ok(typeof live === 'object' && !choices.includes(live.label), choices.join());
  });

  it('keeps the reason that was typed', async () => {
    await rig.ask('boussole.rollBack', { repositoryKey: rig.key, environment: 'staging' }, '⏎', 'the search is broken', '⏎');
    assert.equal(tracked(rig)?.request?.reason, 'the search is broken');
    assert.equal(tracked(rig)?.request?.environment, 'staging');
  });

  it('asks nothing but why and whether for a deployment’s own row', async () => {
    const earlier = environment(rig, 'production').history.find(({ state }) => state === 'superseded');
    assert.ok(earlier);
    const shown = await rig.ask('boussole.rollBackTo', { repositoryKey: rig.key, environment: 'production', deploymentId: earlier.deploymentId }, '⏎', 'Roll Back');
    assert.deepEqual(shown.map(({ kind }) => kind), ['inputBox', 'warning']);
    assert.equal(tracked(rig)?.request?.version.label, earlier.label);
  });

  it('takes the row of an earlier time that the same version was live', async () => {
    rig.dispose();
    rig = await startCommandRig({ scenario: 'team' });
    const { session, clock } = rig.world;
    await clock.until(session.refresher.loadHistory('production'));
    const rows = environment(rig, 'production').history.filter(({ state }) => state === 'superseded');
    const earlier = rows.find((one) => rows.some((other) => other.label === one.label && (other.succeededAt ?? 0) > (one.succeededAt ?? 0)));
    assert.ok(earlier, 'the scenario’s rollback made a version live twice');
    await rig.ask('boussole.rollBackTo', { repositoryKey: rig.key, environment: 'production', deploymentId: earlier.deploymentId }, '⏎', 'Roll Back');
    assert.equal(tracked(rig)?.request?.version.label, earlier.label);
  });

  it('refuses the live deployment with the reason', async () => {
    const live = environment(rig, 'production').live;
    assert.ok(typeof live === 'object' && live.deploymentId !== undefined);
    const shown = await rig.ask('boussole.rollBackTo', { repositoryKey: rig.key, environment: 'production', deploymentId: live.deploymentId });
    assert.equal(shown[0]?.message, 'This version cannot come back to production: it is live now, or was never live there.');
    assert.equal(tracked(rig), undefined);
  });

  it('Escape at the reason or in the dialog sends nothing', async () => {
    const row = { repositoryKey: rig.key, environment: 'production' };
    await rig.ask('boussole.rollBack', row, '⏎', undefined);
    await rig.ask('boussole.rollBack', row, '⏎', '⏎', undefined);
    assert.equal(tracked(rig), undefined);
  });
});
