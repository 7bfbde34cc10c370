import assert from 'node:assert/strict';
import { statusOf } from '../../../src/simulator/world/runStatus.ts';
import type { Run } from '../../../src/simulator/world/model.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The run's status, asked every few seconds, each word once, until it is over. */
async function story(rig: SimulatorRig, run: Run, limitMs = 30 * MINUTE): Promise<string[]> {
  const words: string[] = [];
  for (let passed = 0; passed <= limitMs; passed += SECOND) {
    const { data } = await rig.rest('GET', `R/actions/runs/${run.id}`);
    if (words.at(-1) !== data.status) words.push(data.status);
    if (data.status === 'completed') return [...words, data.conclusion];
    rig.pass(SECOND);
  }
  return words;
}

describe('a run of the simulated GitHub', () => {
  it('goes from queued to in progress to success, and what it shipped is live', async () => {
    const rig = new SimulatorRig('quiet');
    const run = await rig.dispatch({ environment: 'staging', version: 'v1.20.0' });
    assert.deepEqual(await story(rig, run), ['queued', 'in_progress', 'completed', 'success']);
    assert.equal(run.title, 'Deploy v1.20.0 to staging');
    const site = await rig.send({ method: 'GET', path: '/sites/staging/version', query: new URLSearchParams(), headers: {}, body: '' });
    assert.deepEqual(site.data, { version: 'v1.20.0', sha: rig.simulator.world.home.tags.get('v1.20.0')?.commit });
  });

  it('opens its jobs one after the other, as their needs end', async () => {
    const rig = new SimulatorRig('quiet');
    const run = await rig.dispatch({ environment: 'staging' });
    assert.deepEqual((await rig.rest('GET', `R/actions/runs/${run.id}/jobs`)).data.total_count, 0);
    const seen = new Set<string>();
    for (let passed = 0; passed < 6 * MINUTE; passed += SECOND) {
      rig.pass(SECOND);
      const { data } = await rig.rest('GET', `R/actions/runs/${run.id}/jobs`);
      seen.add(data.jobs.map((job: { name: string; status: string }) => `${job.name} ${job.status}`).join(', '));
    }
    assert.deepEqual([...seen].filter((line) => line !== '' && !line.includes('queued')), [
      'Plan in_progress',
      'Plan completed, Announce in_progress, Verify in_progress',
      'Plan completed, Announce completed, Verify in_progress',
      'Plan completed, Announce completed, Verify completed, Progress completed, Version completed, Ship in_progress',
      'Plan completed, Announce completed, Verify completed, Progress completed, Version completed, Ship completed, Report in_progress',
      'Plan completed, Announce completed, Verify completed, Progress completed, Version completed, Ship completed, Report completed',
    ]);
  });

  it('shows in lists a moment after its own address does', async () => {
    const rig = new SimulatorRig('quiet');
    const run = await rig.dispatch({ environment: 'staging' });
    const newest = async (): Promise<number> => (await rig.rest('GET', 'R/actions/runs', { query: { per_page: '1' } })).data.workflow_runs[0].id;
    assert.notEqual(await newest(), run.id);
    rig.pass(2 * SECOND);
    assert.equal(await newest(), run.id);
  });

  it('fails at a step: what follows is skipped, except what always runs, and nothing goes live', async () => {
    const rig = new SimulatorRig('failing-production');
    const { world } = rig.simulator;
    const live = world.home.sites.get('production');
    const run = await rig.dispatch({ environment: 'production', version: 'v1.36.0' });
    const words = await story(rig, run);
    assert.deepEqual(words, ['queued', 'in_progress', 'waiting', 'in_progress', 'completed', 'failure']);
    const { data } = await rig.rest('GET', `R/actions/runs/${run.id}/jobs`);
    const conclusions = data.jobs.map((job: { name: string; conclusion: string }) => [job.name, job.conclusion]);
    assert.deepEqual(conclusions, [
      ['Plan', 'success'], ['Announce', 'success'], ['Verify', 'success'], ['Progress', 'skipped'], ['Version', 'skipped'], ['Ship', 'failure'], ['Report', 'success'],
    ]);
    const steps = data.jobs[5].steps.map((step: { name: string; conclusion: string }) => [step.name, step.conclusion]);
    assert.deepEqual(steps.slice(4, 7), [['Upload', 'success'], ['Publish', 'failure'], ['Check from outside', 'skipped']]);
    assert.equal(world.home.sites.get('production'), live);
    assert.equal(run.attempts[0]?.jobs[5]?.record?.statuses.at(-1)?.state, 'failure');
  });

  it('refuses a version that is not there, and a live version that is not the expected one', async () => {
    for (const inputs of [{ version: 'v99.0.0' }, { version: 'v1.20.0', expected_current: 'v1.0.0' }, { version: 'v1.20.0', expected_sha: 'f'.repeat(40) }]) {
      const rig = new SimulatorRig('quiet');
      const run = await rig.dispatch({ environment: 'staging', ...inputs });
      assert.deepEqual(await story(rig, run), ['queued', 'in_progress', 'completed', 'failure']);
      assert.notEqual(run.attempts[0]?.jobs.find(({ definition }) => definition.key === 'ship')?.conclusion, 'success');
      assert.deepEqual(rig.simulator.world.home.deployments.filter(({ job }) => job?.run === run), []);
    }
  });

  it('stops when cancelled: at once while queued, after a moment while running', async () => {
    const rig = new SimulatorRig('quiet');
    const run = await rig.dispatch({ environment: 'staging' });
    rig.pass(3 * MINUTE);
    assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/cancel`)).status, 202);
    assert.equal((await rig.rest('GET', `R/actions/runs/${run.id}`)).data.status, 'in_progress');
    rig.pass(30 * SECOND);
    const { data } = await rig.rest('GET', `R/actions/runs/${run.id}`);
    assert.deepEqual([data.status, data.conclusion], ['completed', 'cancelled']);
    assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/cancel`)).status, 409);
  });

  it('still does what always runs, unless the cancelling is forced', async () => {
    for (const [how, report] of [['cancel', 'success'], ['force-cancel', 'skipped']] as const) {
      const rig = new SimulatorRig('quiet');
      const run = await rig.dispatch({ environment: 'staging' });
      rig.pass(3 * MINUTE);
      assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/${how}`)).status, 202);
      rig.pass(MINUTE);
      const { data } = await rig.rest('GET', `R/actions/runs/${run.id}/jobs`);
      assert.deepEqual(data.jobs.slice(-2).map((job: { conclusion: string }) => job.conclusion), ['cancelled', report], how);
    }
  });

  it('runs again under the same id as the next attempt, only what failed if asked so', async () => {
    const rig = new SimulatorRig('quiet');
    rig.simulator.world.mishaps.push({ environment: 'staging', step: 'Check from outside', times: 1 });
    const run = await rig.dispatch({ environment: 'staging' });
    assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/rerun`)).status, 403);
    await story(rig, run);
    const before = (await rig.rest('GET', `R/actions/runs/${run.id}`)).data;
    rig.pass(MINUTE);
    assert.equal((await rig.rest('POST', `R/actions/runs/${run.id}/rerun-failed-jobs`, { token: 'sim-token-ana' })).status, 201);
    assert.deepEqual(await story(rig, run), ['queued', 'in_progress', 'completed', 'success']);
    const after = (await rig.rest('GET', `R/actions/runs/${run.id}`)).data;
    assert.deepEqual([after.id, after.created_at, after.run_attempt, after.actor.login, after.triggering_actor.login], [before.id, before.created_at, 2, 'camille', 'ana']);
    assert.ok(after.run_started_at > before.run_started_at);
    const [first, second] = await Promise.all([1, 2].map((attempt) => rig.rest('GET', `R/actions/runs/${run.id}/attempts/${attempt}/jobs`)));
    assert.deepEqual(first?.data.jobs.map((job: { conclusion: string }) => job.conclusion), ['success', 'success', 'success', 'skipped', 'skipped', 'failure', 'success']);
    const again = Object.fromEntries(second?.data.jobs.map((job: { name: string; conclusion: string }) => [job.name, job.conclusion]));
    assert.deepEqual(again, { Plan: 'success', Announce: 'success', Verify: 'success', Progress: 'skipped', Version: 'skipped', Ship: 'success', Report: 'success' });
    assert.equal(second?.data.jobs[0].started_at, first?.data.jobs[0].started_at, 'a job that is kept keeps its times');
    assert.equal((await rig.rest('GET', `R/actions/runs/${run.id}/attempts/1`)).data.conclusion, 'failure');
  });

  it('waits in line with `queue: max`: nobody is replaced, and each has its turn', async () => {
    const seen = await threeAtOnce(new SimulatorRig('quiet'), 'staging', MINUTE);
    assert.ok(seen.some((states) => states.startsWith('in_progress | pending | in_progress')), seen.join('\n'));
    assert.equal(seen.at(-1), 'completed success | completed success | completed success');
    assert.ok(seen.includes('completed success | completed success | in_progress'), seen.join('\n'));
  });

  it('waits behind the one that deploys to the same environment, and a newcomer takes the place of the one that waits', async () => {
    const seen = await threeAtOnce(new SimulatorRig('large'), 'staging/eu-west', 5 * SECOND);
    assert.ok(seen.includes('in_progress | pending | queued'), seen.join('\n'));
    assert.equal(seen.at(-1), 'completed success | completed cancelled | completed success');
  });
});

/** Three deploys to one environment, one soon after the other: every state that they were in together, in order. */
async function threeAtOnce(rig: SimulatorRig, environment: string, apartMs: number): Promise<string[]> {
  const first = await rig.dispatch({ environment });
  rig.pass(apartMs);
  const second = await rig.dispatch({ environment });
  rig.pass(apartMs);
  const third = await rig.dispatch({ environment });
  const states = async (): Promise<string[]> => {
    await rig.rest('GET', '/user');
    return [first, second, third].map((run) => {
      const attempt = run.attempts.at(-1);
      return attempt ? `${statusOf(attempt)} ${attempt.conclusion ?? ''}`.trim() : '';
    });
  };
  const seen = new Set<string>();
  for (let passed = 0; passed < 15 * MINUTE; passed += SECOND) {
    rig.pass(SECOND);
    seen.add((await states()).join(' | '));
  }
  return [...seen];
}
