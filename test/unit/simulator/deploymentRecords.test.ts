import assert from 'node:assert/strict';
import { SimulatorRig } from '../../support/simulatorRig.ts';

const MINUTE = 60_000;

describe('deployment records of the simulated GitHub', () => {
  it('carry the run’s commit, whatever version the run shipped', async () => {
    const rig = new SimulatorRig('large');
    const { home } = rig.simulator.world;
    const run = await rig.dispatch({ environment: 'staging/eu-west', version: 'v3.20.0' });
    rig.pass(5 * MINUTE);
    await rig.rest('GET', '/user');
    const record = home.deployments.find(({ job }) => job?.run === run);
    assert.equal(run.title, 'Deploy v3.20.0 to staging/eu-west');
    assert.equal(record?.sha, home.branches.get('main'));
    assert.equal(home.sites.get('staging/eu-west')?.sha, home.tags.get('v3.20.0')?.commit);
    assert.notEqual(record?.sha, home.sites.get('staging/eu-west')?.sha);
  });

  it('go through waiting, queued and in progress to success, and point at the job', async () => {
    const rig = new SimulatorRig('large');
    const { home } = rig.simulator.world;
    const environment = home.environments.find(({ name }) => name === 'production/eu-west');
    assert.ok(environment);
    environment.protection = { ...environment.protection, reviewers: [{ type: 'User', name: 'ana' }] };
    const run = await rig.dispatch({ environment: environment.name });
    rig.pass(MINUTE);
    const asked = { environment_ids: [environment.id], state: 'approved', comment: '' };
    assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/pending_deployments`, { body: asked, token: 'sim-token-ana' })).status, 200);
    rig.pass(5 * MINUTE);
    const [deployment] = (await rig.rest('GET', 'R/deployments', { query: { environment: environment.name, per_page: '1' } })).data;
    const { data } = await rig.rest('GET', `R/deployments/${deployment.id}/statuses`);
    assert.deepEqual(data.map((one: { state: string }) => one.state), ['success', 'in_progress', 'queued', 'pending']);
    const { job } = home.deployments.find(({ id }) => id === deployment.id) ?? {};
    assert.equal(data[0].log_url, `http://github.test/atelier-nord/platform/actions/runs/${run.id}/job/${job?.id}`);
  });

  it('become inactive when a later one succeeds, but not in production', () => {
    const rig = new SimulatorRig('quiet');
    const latest = (environment: string): (string | undefined)[] => rig.simulator.world.home.deployments
      .filter((one) => one.environment === environment && one.statuses.some(({ state }) => state === 'success'))
      .slice(-3).map(({ statuses }) => statuses.at(-1)?.state);
    assert.deepEqual(latest('staging'), ['inactive', 'inactive', 'success']);
    assert.deepEqual(latest('production'), ['success', 'success', 'success']);
  });

  it('do not exist for `deployment: false`, though the deploy happens', async () => {
    const rig = new SimulatorRig('large');
    const { home } = rig.simulator.world;
    const head = home.commits.get(home.branches.get('main') ?? '');
    const files = head?.files as Map<string, string>;
    const text = files.get('.github/workflows/deploy.yml') ?? '';
    files.set('.github/workflows/deploy.yml', text.replace(/ {4}environment: (.*)/, '    environment:\n      deployment: false\n      name: $1'));
    const before = home.deployments.length;
    const run = await rig.dispatch({ environment: 'staging/eu-west', version: 'v3.20.0' });
    rig.pass(5 * MINUTE);
    assert.equal((await rig.rest('GET', `R/actions/runs/${run.id}`)).data.conclusion, 'success');
    assert.equal(home.deployments.length, before);
    assert.equal(home.sites.get('staging/eu-west')?.version, 'v3.20.0');
  });

  it('create an environment that nobody had named before', async () => {
    const rig = new SimulatorRig('large');
    const { home } = rig.simulator.world;
    const head = home.commits.get(home.branches.get('main') ?? '');
    const files = head?.files as Map<string, string>;
    files.set('.github/workflows/deploy.yml', (files.get('.github/workflows/deploy.yml') ?? '').replace('type: choice', 'type: string'));
    await rig.dispatch({ environment: 'prodution/typo' });
    rig.pass(5 * MINUTE);
    const { data } = await rig.rest('GET', 'R/environments/prodution%2Ftypo');
    assert.deepEqual([data.name, data.protection_rules], ['prodution/typo', []]);
  });
});
