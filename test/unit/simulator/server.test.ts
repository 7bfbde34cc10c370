import assert from 'node:assert/strict';
import { startServer } from '../../../src/simulator/server.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';

describe('the simulated world on loopback', () => {
  it('answers with addresses that lead back to it, and breaks the connection when told', async () => {
    const rig = new SimulatorRig('quiet');
    const server = await startServer(rig.simulator);
    try {
      const get = (path: string): Promise<Response> => fetch(server.url + path, { headers: { authorization: 'token sim-token' } });
      const response = await get('/api/v3/repos/atelier-nord/crm/actions/runs?per_page=1');
      const { workflow_runs: [run] } = (await response.json()) as { workflow_runs: { id: number; html_url: string; url: string }[] };
      assert.equal(run?.html_url, `${server.url}/atelier-nord/crm/actions/runs/${run?.id}`);
      assert.equal((await get(new URL(run?.url ?? '').pathname)).status, 200);
      const page = await (await fetch(run?.html_url ?? '')).text();
      assert.match(page, /Deploy (develop|v[\d.]+) to (staging|production)/);
      const job = rig.simulator.world.home.runs.at(-1)?.attempts[0]?.jobs[0];
      const log = await get(`/api/v3/repos/atelier-nord/crm/actions/jobs/${job?.id}/logs`);
      assert.match(await log.text(), /Current runner version/);
      rig.simulator.faults.inject({ kind: 'droppedSocket' });
      await assert.rejects(get('/api/v3/user'), (error: Error) => (error.cause as { code: string }).code === 'UND_ERR_SOCKET');
      assert.equal((await get('/api/v3/user')).status, 200);
    } finally {
      await server.close();
    }
    await assert.rejects(fetch(`${server.url}/api/v3/user`));
  });
});

describe('the simulated world by `fetch`', () => {
  it('plays github.com: REST at the root of its api host, pages on the other', async () => {
    const rig = new SimulatorRig('quiet');
    const response = await rig.simulator.fetch('https://api.github.com/repos/atelier-nord/crm', { headers: { authorization: 'Bearer sim-token' } });
    const repository = (await response.json()) as { url: string; html_url: string };
    assert.deepEqual([repository.url, repository.html_url], ['https://api.github.com/repos/atelier-nord/crm', 'https://github.com/atelier-nord/crm']);
    const graph = await rig.simulator.fetch('https://api.github.com/graphql', {
      method: 'POST', body: JSON.stringify({ query: '{ viewer { login } }' }), headers: { authorization: 'bearer sim-token' },
    });
    assert.deepEqual(await graph.json(), { data: { viewer: { login: 'camille' } } });
  });

  it('stops when aborted', async () => {
    const rig = new SimulatorRig('quiet');
    await assert.rejects(rig.simulator.fetch('http://github.test/api/v3/user', { signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.deepEqual(rig.simulator.log, []);
  });
});
