import assert from 'node:assert/strict';
import { SimulatorRig, type Ask } from '../../support/simulatorRig.ts';

const PATH = 'R/actions/workflows/deploy.yml/dispatches';

/** Status and message of a dispatch's answer. */
async function answer(body: unknown, ask: Ask & { path?: string; scenario?: 'team' | 'old-enterprise' } = {}): Promise<[number, string]> {
  const rig = new SimulatorRig(ask.scenario ?? 'team');
  const before = rig.simulator.world.home.runs.length;
  const { status, data } = await rig.rest('POST', ask.path ?? PATH, { ...ask, body });
  assert.equal(rig.simulator.world.home.runs.length - before, status < 300 ? 1 : 0, 'a run exactly when it is accepted');
  return [status, data?.message ?? ''];
}

describe('a dispatch to the simulated GitHub', () => {
  it('is answered with or without the run, as the server and the version have it', async () => {
    const body = { ref: 'main', inputs: { environment: 'staging' } };
    const newer = { headers: { 'x-github-api-version': '2026-03-10' } };
    assert.deepEqual(await answer(body), [204, '']);
    assert.deepEqual(await answer({ ...body, return_run_details: true }), [200, '']);
    assert.deepEqual(await answer({ ...body, return_run_details: false }), [204, '']);
    assert.deepEqual(await answer(body, newer), [200, '']);
    assert.deepEqual(await answer({ ...body, return_run_details: true }, { scenario: 'old-enterprise' }), [422, 'Invalid request.\n\n"return_run_details" is not a permitted key.']);
    assert.deepEqual(await answer(body, { scenario: 'old-enterprise' }), [204, '']);
    assert.equal((await answer(body, { ...newer, scenario: 'old-enterprise' }))[0], 400);
  });

  it('wants inputs that the workflow knows, of the right kind, and all that are required', async () => {
    const ask = (inputs: Record<string, unknown>): Promise<[number, string]> => answer({ ref: 'main', inputs });
    assert.deepEqual(await ask({}), [422, "Required input 'environment' not provided"]);
    assert.deepEqual(await ask({ environment: 'moon' }), [422, "Provided value 'moon' for input 'environment' not in the list of allowed values"]);
    assert.deepEqual(await ask({ environment: 'staging', flavour: 'mint' }), [422, 'Unexpected inputs provided: ["flavour"]']);
    assert.deepEqual(await ask({ environment: 'staging', reason: 'x'.repeat(66_000) }), [422, 'inputs are too large.']);
    const many = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`i${index}`, 'x']));
    assert.match((await ask(many))[1], /No more than 25 properties are allowed; 26 were supplied/);
    const eleven = { ref: 'main', inputs: Object.fromEntries(Object.entries(many).slice(0, 11)) };
    assert.match((await answer(eleven, { scenario: 'old-enterprise' }))[1], /No more than 10 properties/);
  });

  it('wants a branch or tag that has the workflow with its trigger, never a SHA', async () => {
    const inputs = { environment: 'staging' };
    const sha = new SimulatorRig().simulator.world.home.branches.get('main');
    assert.deepEqual(await answer({ ref: 'nowhere', inputs }), [422, 'No ref found for: nowhere']);
    assert.deepEqual(await answer({ ref: sha, inputs }), [422, `No ref found for: ${sha}`]);
    assert.deepEqual(await answer({ ref: 'v1.5.0', inputs }), [422, "Workflow does not have 'workflow_dispatch' trigger"]);
    assert.deepEqual(await answer({ ref: 'v1.30.0', inputs }), [204, '']);
    assert.deepEqual(await answer({ ref: 'refs/heads/develop', inputs }), [204, '']);
    assert.deepEqual(await answer({ ref: 'main' }, { path: 'R/actions/workflows/ci.yml/dispatches' }), [422, "Workflow does not have 'workflow_dispatch' trigger"]);
    assert.deepEqual(await answer({ inputs }), [422, 'Invalid request.\n\n"ref" wasn\'t supplied.']);
  });

  it('is hidden from those who may not', async () => {
    const body = { ref: 'main', inputs: { environment: 'staging' } };
    assert.deepEqual(await answer(body, { path: 'R/actions/workflows/none.yml/dispatches' }), [404, 'Not Found']);
    for (const token of ['sim-token-lena', 'sim-token-oscar', 'sim-token-no-scope', '']) assert.deepEqual(await answer(body, { token }), [404, 'Not Found'], token);
    assert.deepEqual(await answer(body, { token: 'sim-token-codespaces' }), [403, 'Resource not accessible by integration']);
    assert.match((await answer(body, { token: 'sim-token-saml' }))[1], /SAML enforcement/);
    assert.deepEqual(await answer(body, { token: 'sim-token-revoked' }), [401, 'Bad credentials']);
    assert.deepEqual(await answer(body, { token: 'sim-token-repo-only' }), [204, '']);
    assert.deepEqual(await answer(body, { token: 'sim-token-fine-grained' }), [204, '']);
  });

  it('is refused by an archived repository and a disabled workflow', async () => {
    const rig = new SimulatorRig();
    const { home } = rig.simulator.world;
    const [workflow] = home.workflows.filter(({ path }) => path.endsWith('deploy.yml'));
    assert.ok(workflow);
    workflow.state = 'disabled_manually';
    const body = { ref: 'main', inputs: { environment: 'staging' } };
    const disabled = await rig.rest('POST', PATH, { body });
    assert.deepEqual([disabled.status, disabled.data.message], [422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow"]);
    home.archived = true;
    const archived = await rig.rest('POST', PATH, { body });
    assert.deepEqual([archived.status, archived.data.message], [403, 'Repository was archived so is read-only.']);
  });

  it('titles its run by the workflow’s run-name', async () => {
    const rig = new SimulatorRig();
    const titles = [
      await rig.dispatch({ environment: 'staging', version: 'v1.30.0', correlation_id: 'b-42' }),
      await rig.dispatch({ environment: 'production' }),
      await rig.dispatch({ environment: 'production', version: 'v1.30.0', reason: 'Slow' }, { file: 'rollback.yml' }),
      await rig.dispatch({ environment: 'production', action: 'release', reason: 'Repaired' }, { file: 'hold.yml' }),
    ].map(({ title }) => title);
    assert.deepEqual(titles, ['Deploy v1.30.0 to staging [b-42]', 'Deploy head to production', 'Roll back production to v1.30.0', 'Lift the hold on production']);
  });
});
