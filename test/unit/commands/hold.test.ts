import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startCommandRig, type CommandRig } from '../../support/commandRig.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { commandState } from '../../support/fakeVscode/commands.ts';
import { addHold, removeHold } from '../../support/holds.ts';

const ana = { by: 'ana', reason: 'The search is broken' };

describe('holding deploys by command', () => {
  let rig: CommandRig;
  let earlier: number;
  const home = () => rig.world.simulator.world.home;
  const hold = (environment: string, lock = ana) => addHold(rig.world.simulator.world, home(), environment, lock);
  const row = (environment: string) => ({ repositoryKey: rig.key, environment });
  const started = () => home().runs.slice(earlier).filter(({ workflow }) => workflow.path.endsWith('/hold.yml')).map(({ inputs: { environment, action, reason } }) => [environment, action, reason]);

  beforeEach(async () => {
    resetVscode();
    rig = await startCommandRig({ scenario: 'quiet' });
    earlier = home().runs.length;
  });
  afterEach(() => {
    rig.dispose();
    resetVscode();
  });

  it('asks why, says what is lifted, and starts the workflow', async () => {
    hold('production');
    const shown = await rig.ask('boussole.liftHold', row('production'), 'Fixed in v1.38.1', 'Lift Hold');
    assert.deepEqual(shown.map(({ kind }) => kind), ['inputBox', 'warning']);
    assert.equal(shown[0]?.message, 'Lift the Hold on production: Why?');
    assert.deepEqual([shown[1]?.modal, shown[1]?.message], [true, 'Lift the hold on production?']);
    assert.match(shown[1]?.detail ?? '', /^ana holds deploys to production: “The search is broken”\.\n\nHeld since .+\n\nLifted because: Fixed in v1\.38\.1\n\n/);
    assert.deepEqual(started(), [['production', 'release', 'Fixed in v1.38.1']]);
  });

  it('asks only among held environments, and not where just one is held', async () => {
    hold('staging');
    const [first] = await rig.ask('boussole.liftHold', undefined, undefined);
    assert.equal(first?.message, 'Lift the Hold on staging: Why?');
    hold('production');
    const [second] = await rig.ask('boussole.liftHold', undefined, undefined);
    assert.deepEqual([second?.kind, second?.message], ['quickPick', 'Lift Hold']);
    assert.deepEqual(started(), []);
  });

  it('sends nothing on Escape, and says so where nothing is held', async () => {
    const [none] = await rig.ask('boussole.liftHold', undefined);
    assert.equal(none?.message, 'No environment is held: deploys pass.');
    hold('production');
    await rig.ask('boussole.liftHold', row('production'), undefined);
    await rig.ask('boussole.liftHold', row('production'), 'Fixed', undefined);
    assert.deepEqual(started(), []);
  });

  it('offers the branch on GitHub where no workflow lifts the hold, and deletes nothing', async () => {
    hold('global');
    const shown = await rig.ask('boussole.liftHold', row('production'), 'Open on GitHub');
    assert.match(shown[0]?.message ?? '', /^The branch global-branch-deploy-lock holds all environments/);
    assert.deepEqual(shown.map(({ kind }) => kind), ['error', 'external']);
    assert.match(shown[1]?.message ?? '', /\/tree\/global-branch-deploy-lock$/);
    assert.ok(home().branches.has('global-branch-deploy-lock'));
  });

  it('holds an environment with a reason', async () => {
    const shown = await rig.ask('boussole.holdDeploys', undefined, 'production', 'A migration runs', 'Hold Deploys');
    assert.deepEqual(shown.map(({ kind }) => kind), ['quickPick', 'inputBox', 'warning']);
    assert.deepEqual(started(), [['production', 'hold', 'A migration runs']]);
  });

  it('says what it would take where no workflow holds deploys', async () => {
    const workflow = home().workflows.find(({ path }) => path.endsWith('/hold.yml'));
    assert.ok(workflow);
    workflow.state = 'disabled_manually';
    await rig.world.clock.until(rig.world.session.refresher.refresh());
    const [said] = await rig.ask('boussole.holdDeploys', undefined);
    assert.match(said?.message ?? '', /^No workflow of this repository holds deploys\./);
  });

  it('refuses a deploy before anything is asked, and leads to lifting', async () => {
    hold('production');
    await rig.world.clock.until(rig.world.session.refresher.loadHolds());
    const shown = await rig.ask('boussole.deploy', row('production'), 'Lift Hold…');
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.message ?? '', /^ana holds deploys to production: “The search is broken”\. Held since .+ Only rollbacks pass until the hold is lifted\.$/);
    assert.deepEqual(commandState.executed.at(-1), { id: 'boussole.liftHold', args: [row('production')] });
    removeHold(home(), 'production');
    const again = await rig.ask('boussole.deploy', row('production'), undefined);
    assert.equal(again[0]?.kind, 'quickPick', 'the picture was behind, and the fresh look counts');
  });

  it('refuses to run a deploy again', async () => {
    const shipped = rig.world.session.store.state.environments.find(({ target }) => target.environment === 'production')?.history.find(({ runId, state, isRollback }) => runId !== undefined && state !== 'live' && !isRollback);
    assert.ok(shipped?.runId !== undefined);
    hold('production');
    await rig.world.clock.until(rig.world.session.refresher.loadHolds());
    const [said] = await rig.ask('boussole.rerun', { repositoryKey: rig.key, runId: shipped.runId });
    assert.match(said?.message ?? '', /^ana holds deploys to production/);
  });
});
