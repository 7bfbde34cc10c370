import assert from 'node:assert/strict';
import { SimulatorRig } from '../../support/simulatorRig.ts';

describe('the manners of the simulated REST API', () => {
  it('answers 304 for free to whoever has the answer already', async () => {
    const rig = new SimulatorRig('quiet');
    const first = await rig.rest('GET', 'R/actions/runs', { query: { per_page: '20' } });
    const again = await rig.rest('GET', 'R/actions/runs', { query: { per_page: '20' }, headers: { 'if-none-match': first.headers['etag'] ?? '' } });
    assert.deepEqual([again.status, again.text], [304, '']);
    assert.equal(again.headers['x-ratelimit-remaining'], first.headers['x-ratelimit-remaining']);
    assert.deepEqual(rig.simulator.log.map(({ status, cost, conditional }) => [status, cost, conditional]), [[200, 1, false], [304, 0, true]]);
    const other = await rig.rest('GET', 'R/actions/runs', { query: { per_page: '20' }, token: 'sim-token-ana', headers: { 'if-none-match': first.headers['etag'] ?? '' } });
    assert.equal(other.status, 200, 'an ETag belongs to one account');
    await rig.dispatch({ environment: 'staging' });
    rig.pass(2000);
    const changed = await rig.rest('GET', 'R/actions/runs', { query: { per_page: '20' }, headers: { 'if-none-match': first.headers['etag'] ?? '' } });
    assert.equal(changed.status, 200);
  });

  it('pages with Link headers that lead through the whole list', async () => {
    const rig = new SimulatorRig('quiet');
    const ids: number[] = [];
    let query: Record<string, string> = { per_page: '100' };
    for (;;) {
      const { data, headers } = await rig.rest('GET', 'R/actions/runs', { query });
      ids.push(...data.workflow_runs.map(({ id }: { id: number }) => id));
      const next = /<([^>]+)>; rel="next"/.exec(headers['link'] ?? '')?.[1];
      if (next === undefined) break;
      assert.ok(next.startsWith('http://github.test/api/v3/repos/atelier-nord/crm/actions/runs?'));
      query = Object.fromEntries(new URL(next).searchParams);
    }
    assert.deepEqual(ids, rig.simulator.world.home.runs.map(({ id }) => id).toReversed());
  });

  it('filters runs, and caps what a filter gives at a thousand', async () => {
    const rig = new SimulatorRig('large');
    const list = async (query: Record<string, string>): ReturnType<SimulatorRig['rest']> => rig.rest('GET', 'R/actions/runs', { query: { per_page: '100', ...query } });
    const all = await list({ page: '11' });
    assert.deepEqual([all.data.total_count, all.data.workflow_runs.length], [5000, 100]);
    const filtered = await list({ event: 'pull_request', page: '11' });
    assert.deepEqual([filtered.data.total_count, filtered.data.workflow_runs.length], [2500, 0]);
    const mine = await list({ actor: 'mei', event: 'workflow_dispatch', status: 'success', per_page: '5' });
    for (const run of mine.data.workflow_runs) assert.deepEqual([run.actor.login, run.event, run.conclusion], ['mei', 'workflow_dispatch', 'success']);
    const day = await list({ created: '2026-11-10..2026-11-10' });
    assert.ok(day.data.total_count > 30 && day.data.workflow_runs.every((run: { created_at: string }) => run.created_at.startsWith('2026-11-10')));
    assert.equal((await list({ status: 'startup_failure' })).status, 422);
  });

  it('gives each run about twelve kilobytes', async () => {
    const { text } = await new SimulatorRig().rest('GET', 'R/actions/runs', { query: { per_page: '10' } });
    assert.ok(text.length > 110_000 && text.length < 135_000, String(text.length));
  });

  it('counts the budget down, refuses when it is used up, and starts afresh after the reset', async () => {
    const rig = new SimulatorRig('rate-limited');
    const statuses: number[] = [];
    for (let count = 0; count < 14; count++) statuses.push((await rig.rest('GET', 'R')).status);
    assert.deepEqual(statuses, [...Array<number>(12).fill(200), 403, 403]);
    const refused = await rig.rest('GET', 'R');
    assert.match(refused.data.message, /^API rate limit exceeded for user ID/);
    assert.equal(refused.headers['x-ratelimit-remaining'], '0');
    assert.equal((await rig.rest('GET', '/rate_limit')).data.resources.core.remaining, 0);
    const graph = await rig.graphql('{ viewer { login } rateLimit { remaining } }');
    assert.deepEqual(graph.data.data, { viewer: { login: 'camille' }, rateLimit: { remaining: 7 } });
    for (let count = 0; count < 7; count++) await rig.graphql('{ viewer { login } }');
    const limited = await rig.graphql('{ viewer { login } }');
    assert.deepEqual([limited.status, limited.data.errors[0].type], [200, 'RATE_LIMITED']);
    assert.equal((await rig.rest('GET', 'R', { token: 'sim-token-ana' })).status, 200, 'budgets are each user’s own');
    const reset = Number(refused.headers['x-ratelimit-reset']) * 1000;
    rig.pass(reset - Date.parse(refused.headers['date'] ?? '') + 1000);
    assert.equal((await rig.rest('GET', 'R')).headers['x-ratelimit-remaining'], '4999');
  });

  it('speaks both versions, and says which', async () => {
    const rig = new SimulatorRig();
    const version = async (name: string): ReturnType<SimulatorRig['rest']> => rig.rest('GET', 'R', { headers: { 'x-github-api-version': name } });
    const [older, newer, wrong] = [await version('2022-11-28'), await version('2026-03-10'), await version('1999-01-01')];
    assert.deepEqual([older.headers['x-github-api-version-selected'], 'has_downloads' in older.data], ['2022-11-28', true]);
    assert.deepEqual([newer.headers['x-github-api-version-selected'], 'has_downloads' in newer.data], ['2026-03-10', false]);
    assert.equal(wrong.status, 400);
    assert.equal('rate' in (await rig.rest('GET', '/rate_limit', { headers: { 'x-github-api-version': '2026-03-10' } })).data, false);
  });

  it('plays the older server without limits, versions or details', async () => {
    const rig = new SimulatorRig('old-enterprise');
    const { headers } = await rig.rest('GET', 'R');
    assert.deepEqual([headers['x-github-enterprise-version'], headers['x-ratelimit-limit']], ['3.19.0', undefined]);
    assert.equal((await rig.rest('GET', '/versions')).status, 404);
    assert.equal((await rig.rest('GET', '/rate_limit')).status, 404);
    assert.equal((await rig.rest('GET', '/meta')).data.installed_version, '3.19.0');
  });

  it('hides what somebody may not see, and withholds what their token lacks', async () => {
    const rig = new SimulatorRig();
    const status = async (path: string, token: string): Promise<number> => (await rig.rest('GET', path, { token })).status;
    assert.deepEqual(await Promise.all(['R', '/repos/no/body'].map((path) => status(path, 'sim-token-oscar'))), [404, 404]);
    assert.equal(await status('/user', ''), 401);
    assert.equal(await status('R/actions/secrets', 'sim-token-lena'), 403);
    const withheld = await rig.rest('GET', 'R/actions/secrets', { token: 'sim-token-fine-grained' });
    assert.deepEqual([withheld.status, withheld.headers['x-accepted-github-permissions']], [403, 'secrets=read']);
    const head = rig.simulator.world.home.branches.get('main') ?? '';
    assert.equal(await status(`R/commits/${head}/check-runs`, 'sim-token-fine-grained'), 403);
    const { data: seen } = await rig.rest('GET', 'R/releases', { token: 'sim-token-lena', query: { per_page: '100' } });
    assert.equal(seen.some(({ draft }: { draft: boolean }) => draft), false, 'drafts are for those who may push');
    const { headers } = await rig.rest('GET', 'R', { token: 'sim-token-saml' });
    assert.match(headers['x-github-sso'] ?? '', /^required; url=/);
  });

  it('keeps a job’s log behind an address that works for one minute without a token', async () => {
    const rig = new SimulatorRig('quiet');
    const run = rig.simulator.world.home.runs.at(-1);
    const job = run?.attempts[0]?.jobs[0];
    const { status, headers } = await rig.rest('GET', `R/actions/jobs/${job?.id}/logs`);
    assert.equal(status, 302);
    const path = new URL(headers['location'] ?? '').pathname;
    const download = async (): ReturnType<SimulatorRig['rest']> => rig.send({ method: 'GET', path, query: new URLSearchParams(), headers: {}, body: '' });
    const log = await download();
    assert.match(log.text, /^\uFEFF\d{4}-\d\d-\d\dT[\d:.]+Z /);
    assert.ok(log.text.includes('\u001B[36;1m'));
    rig.pass(61_000);
    assert.equal((await download()).status, 403);
  });

  it('encodes names, and finds them in any case', async () => {
    const rig = new SimulatorRig('large');
    assert.equal((await rig.rest('GET', 'R/environments/production%2Feu-west')).data.name, 'production/eu-west');
    assert.equal((await rig.rest('GET', 'R/environments/Production%2FEU-west')).data.name, 'production/eu-west');
  });
});
