import assert from 'node:assert/strict';
import type { Run } from '../../../src/simulator/world/model.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';

const MINUTE = 60_000;

async function waitingForProduction(rig: SimulatorRig, token = 'sim-token'): Promise<{ run: Run; environmentId: number }> {
  const run = await rig.dispatch({ environment: 'production', version: 'v1.37.0' }, { token });
  rig.pass(5 * MINUTE);
  assert.equal((await rig.rest('GET', `R/actions/runs/${run.id}`)).data.status, 'waiting');
  const { data } = await rig.rest('GET', `R/actions/runs/${run.id}/pending_deployments`);
  return { run, environmentId: data[0].environment.id };
}

describe('a protected environment of the simulated GitHub', () => {
  it('keeps a run waiting until a reviewer lets it through', async () => {
    const rig = new SimulatorRig('quiet');
    const { run, environmentId } = await waitingForProduction(rig);
    rig.pass(600 * MINUTE);
    const asked = { environment_ids: [environmentId], state: 'approved', comment: 'Fine' };
    assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/pending_deployments`, { body: asked })).status, 422);
    assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/pending_deployments`, { body: asked, token: 'sim-token-mei' })).status, 200);
    assert.deepEqual((await rig.rest('GET', `R/actions/runs/${run.id}/pending_deployments`)).data, []);
    rig.pass(5 * MINUTE);
    const { data } = await rig.rest('GET', `R/actions/runs/${run.id}`);
    assert.deepEqual([data.status, data.conclusion], ['completed', 'success']);
    const { data: approvals } = await rig.rest('GET', `R/actions/runs/${run.id}/approvals`);
    assert.deepEqual(approvals.map((one: { state: string; comment: string; user: { login: string } }) => [one.state, one.comment, one.user.login]), [['approved', 'Fine', 'mei']]);
    assert.equal(rig.simulator.world.home.sites.get('production')?.version, 'v1.37.0');
  });

  it('tells each reader whether they may review: by name, by team, and never their own', async () => {
    const rig = new SimulatorRig('quiet');
    const { run } = await waitingForProduction(rig, 'sim-token-ana');
    const mayReview = async (token: string): Promise<boolean> =>
      (await rig.rest('GET', `R/actions/runs/${run.id}/pending_deployments`, { token })).data[0].current_user_can_approve;
    assert.deepEqual(
      await Promise.all(['sim-token', 'sim-token-ana', 'sim-token-mei', 'sim-token-jonas'].map(mayReview)),
      [false, false, true, false],
    );
  });

  it('ends the run when a reviewer says no', async () => {
    const rig = new SimulatorRig('quiet');
    const { run, environmentId } = await waitingForProduction(rig);
    await rig.rest('POST', `R/actions/runs/${run.id}/pending_deployments`, {
      token: 'sim-token-ana', body: { environment_ids: [environmentId], state: 'rejected', comment: 'Not on a Friday' },
    });
    rig.pass(MINUTE);
    const { data } = await rig.rest('GET', `R/actions/runs/${run.id}`);
    assert.deepEqual([data.status, data.conclusion], ['completed', 'failure']);
    assert.deepEqual(rig.simulator.world.home.deployments.filter(({ job }) => job?.run === run), [], 'a pipeline that writes its own records has none yet');
  });

  it('lets only the branches and tags in that its rules name', async () => {
    const rig = new SimulatorRig('large');
    const { home } = rig.simulator.world;
    const [environment] = home.environments;
    assert.ok(environment);
    environment.protection = { ...environment.protection, reviewers: [{ type: 'User', name: 'ana' }], policy: { branches: ['release/*'], tags: ['v3.*'] } };
    const outcome = async (ref: string): Promise<string | null | undefined> => {
      const run = await rig.dispatch({ environment: environment.name }, { ref });
      rig.pass(5 * MINUTE);
      await rig.rest('GET', '/user');
      return run.attempts[0]?.jobs.find(({ definition }) => definition.key === 'ship')?.conclusion;
    };
    assert.equal(await outcome('main'), 'failure');
    assert.equal(await outcome('v3.30.0'), null, 'a tag that matches v3.* waits for a reviewer');
  });

  it('keeps to its wait timer', async () => {
    const rig = new SimulatorRig('quiet');
    const staging = rig.simulator.world.home.environments.find(({ name }) => name === 'staging');
    assert.ok(staging);
    staging.protection = { ...staging.protection, waitMinutes: 10 };
    const run = await rig.dispatch({ environment: 'staging' });
    rig.pass(5 * MINUTE);
    const { data } = await rig.rest('GET', `R/actions/runs/${run.id}/pending_deployments`);
    assert.equal(data[0].wait_timer, 10);
    assert.ok(Date.parse(data[0].wait_timer_started_at) > 0);
    rig.pass(15 * MINUTE);
    assert.equal((await rig.rest('GET', `R/actions/runs/${run.id}`)).data.conclusion, 'success');
  });
});
