import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Job, Run } from '../../../src/simulator/world/model.ts';
import { statusOf } from '../../../src/simulator/world/runStatus.ts';
import { latestAttempt } from '../../../src/simulator/world/runs.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';

type Act =
  | { readonly kind: 'dispatch'; readonly environment: string; readonly file: string }
  | { readonly kind: 'cancel' | 'force-cancel' | 'rerun' | 'rerun-failed-jobs' | 'approve' | 'reject'; readonly nth: number }
  | { readonly kind: 'pass'; readonly seconds: number };

const acts = fc.array(fc.oneof(
  fc.record({ kind: fc.constant('dispatch' as const), environment: fc.constantFrom('staging', 'production'), file: fc.constantFrom('deploy.yml', 'rollback.yml') }),
  fc.record({ kind: fc.constantFrom('cancel' as const, 'force-cancel' as const, 'rerun' as const, 'rerun-failed-jobs' as const, 'approve' as const, 'reject' as const), nth: fc.nat(3) }),
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 300 }) }),
), { minLength: 5, maxLength: 30 });

async function perform(rig: SimulatorRig, runs: Run[], act: Act): Promise<void> {
  if (act.kind === 'dispatch') {
    runs.push(await rig.dispatch({ environment: act.environment, version: act.environment === 'staging' ? 'develop' : 'v1.30.0', reason: 'Random' }, { file: act.file }));
    return;
  }
  if (act.kind === 'pass') {
    rig.pass(act.seconds * 1000);
    await rig.rest('GET', '/user');
    return;
  }
  const run = runs.at(-1 - act.nth);
  if (!run) return;
  if (act.kind !== 'approve' && act.kind !== 'reject') {
    const { status } = await rig.rest('POST', `R/actions/runs/${run.id}/${act.kind}`);
    assert.ok([201, 202, 403, 409].includes(status), `${act.kind}: ${status}`);
    return;
  }
  const { data } = await rig.rest('GET', `R/actions/runs/${run.id}/pending_deployments`);
  const ids = data.map((one: { environment: { id: number } }) => one.environment.id);
  await rig.rest('POST', `R/actions/runs/${run.id}/pending_deployments`, {
    token: 'sim-token-ana', body: { environment_ids: ids, state: act.kind === 'approve' ? 'approved' : 'rejected', comment: '' },
  });
}

/** What must hold whatever people do. */
function check(runs: readonly Run[], ended: Map<string, string>): void {
  const holders = new Map<string, Job[]>();
  for (const run of runs) {
    for (const attempt of run.attempts) {
      const key = `${run.id}.${attempt.number}`;
      if (ended.has(key)) assert.equal(attempt.conclusion, ended.get(key), 'what is over stays over');
      else if (attempt.conclusion !== null) ended.set(key, attempt.conclusion);
      assert.equal(attempt.conclusion !== null, statusOf(attempt) === 'completed');
      if (attempt !== latestAttempt(run)) assert.notEqual(attempt.conclusion, null, 'only the latest attempt is alive');
      for (const job of attempt.jobs) {
        assert.equal(job.status === 'completed', job.conclusion !== null);
        if (job.completedAt !== undefined) assert.ok(job.completedAt >= (job.startedAt ?? Infinity));
        if (job.group !== undefined && job.status === 'in_progress') holders.set(job.group, [...(holders.get(job.group) ?? []), job]);
        const last = job.deployment?.statuses.at(-1)?.state;
        if (job.deployment?.job === job && job.conclusion === 'success') assert.ok(last === 'success' || last === 'inactive');
        if (job.deployment?.job === job && job.conclusion === 'failure') assert.equal(last, 'failure');
        if (attempt.conclusion !== null && attempt.cancelled !== 'forced') assert.notEqual(job.record?.statuses.at(-1)?.state, 'in_progress', 'what is over leaves no open record');
      }
    }
  }
  for (const [group, jobs] of holders) assert.equal(jobs.length, 1, `${group} is held by one job at a time`);
}

describe('whatever people do to the simulated GitHub', () => {
  it('its runs keep their rules, and everything ends once nobody interferes', async () => {
    await fc.assert(fc.asyncProperty(acts, async (story) => {
      const rig = new SimulatorRig('quiet');
      const runs: Run[] = [];
      const ended = new Map<string, string>();
      for (const act of story) {
        await perform(rig, runs, act);
        check(runs, ended);
      }
      for (let hours = 0; hours < 3; hours++) {
        for (const run of runs) if (latestAttempt(run).conclusion === null) await rig.rest('POST', `R/actions/runs/${run.id}/cancel`);
        rig.pass(3_600_000);
        await rig.rest('GET', '/user');
        check(runs, ended);
      }
      assert.deepEqual(runs.filter((run) => latestAttempt(run).conclusion === null).map(({ title }) => title), []);
      assert.deepEqual([...rig.simulator.world.home.groups.values()].filter(({ running, waiting }) => running ?? waiting[0]), []);
    }), { numRuns: 25, seed: 20_261_122 });
  }).timeout(60_000);
});
