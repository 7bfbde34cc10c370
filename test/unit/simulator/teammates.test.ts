import assert from 'node:assert/strict';
import { latestAttempt } from '../../../src/simulator/world/runs.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';

const SECOND = 1000;

describe('teammates at a kind pace', () => {
  it('let a production deploy through after twenty seconds, and the whole takes about a minute', async () => {
    const rig = new SimulatorRig('quiet', { pace: 'kind' });
    const run = await rig.dispatch({ environment: 'production', version: 'v1.37.0' });
    let [waited, total] = [0, 0];
    for (; total < 180; total++) {
      const { data } = await rig.rest('GET', `R/actions/runs/${run.id}`);
      if (data.status === 'waiting') waited++;
      if (data.status === 'completed') break;
      rig.pass(SECOND);
    }
    assert.ok(waited >= 19 && waited <= 22, `waited ${waited} s`);
    assert.ok(total - waited >= 30 && total - waited <= 50, `${total - waited} s of work`);
    assert.equal(latestAttempt(run).conclusion, 'success');
    assert.equal(run.reviews[0]?.user, 'ana');
  });

  it('deploy to staging by themselves now and then, and never when the pace is true to life', async () => {
    for (const [pace, lively] of [['kind', true], ['true', false]] as const) {
      const rig = new SimulatorRig('quiet', { pace });
      const before = rig.simulator.world.home.runs.length;
      rig.pass(1800 * SECOND);
      await rig.rest('GET', '/user');
      const fresh = rig.simulator.world.home.runs.slice(before);
      assert.equal(fresh.length > 3, lively, `${fresh.length} runs at ${pace}`);
      assert.equal(fresh.every(({ actor, title }) => actor !== 'camille' && title === 'Deploy develop to staging'), true);
    }
  });
});

const steer = (rig: SimulatorRig, path: string, body?: unknown): ReturnType<SimulatorRig['send']> => rig.send({
  method: body === undefined ? 'GET' : 'POST', path: `/__sim/${path}`, query: new URLSearchParams(), headers: {}, body: body === undefined ? '' : JSON.stringify(body),
});

describe('a pace of one’s own', () => {
  it('may be brisk and let nobody else deploy', async () => {
    const rig = new SimulatorRig('quiet', { pace: { stretch: 1 / 60, approveAfterMs: 500 } });
    const before = rig.simulator.world.home.runs.length;
    const run = await rig.dispatch({ environment: 'production', version: 'v1.37.0' });
    rig.pass(15 * SECOND);
    assert.equal((await rig.rest('GET', `R/actions/runs/${run.id}`)).data.conclusion, 'success');
    rig.pass(3600 * SECOND);
    await rig.rest('GET', '/user');
    assert.equal(rig.simulator.world.home.runs.length, before + 1);
  });
});

describe('steering the simulated world', () => {
  it('makes teammates deploy, push and review', async () => {
    const rig = new SimulatorRig('quiet');
    assert.match((await steer(rig, 'act', { act: 'deploy', as: 'jonas', environment: 'production', version: 'v1.37.0' })).data.done, /^jonas started run \d+: Deploy v1\.37\.0 to production$/);
    assert.equal((await steer(rig, 'act', { act: 'approve' })).status, 422, 'nothing waits yet');
    await steer(rig, 'advance', { ms: 300_000 });
    assert.match((await steer(rig, 'act', { act: 'approve', as: 'mei' })).data.done, /^mei said approve/);
    assert.match((await steer(rig, 'act', { act: 'push', as: 'mei', commits: 2 })).data.done, /^mei pushed 2 commits to develop$/);
    await steer(rig, 'advance', { seconds: 600 });
    const { data } = await steer(rig, 'state');
    assert.equal(data.sites.production.version, 'v1.37.0');
    assert.equal(data.sites.staging.sha, rig.simulator.world.home.branches.get('develop'));
  });

  it('arms faults, shows the log, and begins again with another scenario', async () => {
    const rig = new SimulatorRig('quiet');
    await steer(rig, 'fault', { kind: '500', match: { path: '/releases' } });
    assert.equal((await rig.rest('GET', 'R/releases')).status, 500);
    assert.equal((await steer(rig, 'fault', { kind: 'flood' })).status, 422);
    const { data: log } = await steer(rig, 'log');
    assert.deepEqual(log.map((one: { path: string; status: number }) => [one.path, one.status]), [['/api/v3/repos/atelier-nord/crm/releases', 500]]);
    const { data } = await steer(rig, 'reset', { scenario: 'empty' });
    assert.deepEqual([data.scenario, data.requests, data.runs], ['empty', 0, 0]);
    assert.equal((await steer(rig, 'reset', { scenario: 'paradise' })).status, 422);
  });

  it('has a page for people, whose forms lead back to it', async () => {
    const rig = new SimulatorRig('quiet');
    const page = await steer(rig, '');
    assert.match(page.text, /<form method="post" action="\/__sim\/advance">/);
    const answer = await rig.send({
      method: 'POST', path: '/__sim/advance', query: new URLSearchParams(), body: 'seconds=60', headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.deepEqual([answer.status, answer.headers['location']], [303, '/__sim/']);
  });
});
