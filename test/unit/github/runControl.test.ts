import assert from 'node:assert/strict';
import { gitHubRig, refusalOf, type GitHubRig } from '../../support/gitHubRig.ts';

async function started(rig: GitHubRig, environment: string): Promise<number> {
  const answer = await rig.clock.until(rig.github.dispatch(rig.repository, { workflow: 'deploy.yml', ref: 'main', inputs: { environment } }));
  rig.requests();
  return answer.kind === 'started' ? answer.runId : assert.fail(answer.kind);
}

describe('A run', () => {
  it('is cancelled, once', async () => {
    const rig = gitHubRig();
    const runId = await started(rig, 'staging');
    rig.simulator.advance(20_000);
    await rig.clock.until(rig.github.cancel(rig.repository, runId));
    assert.deepEqual(rig.requests(), [`POST /actions/runs/${runId}/cancel 202`]);
    rig.simulator.advance(120_000);
    assert.equal((await rig.github.run(rig.repository, runId)).conclusion, 'cancelled');
    const refused = await refusalOf(rig.clock.until(rig.github.cancel(rig.repository, runId)));
    assert.equal(refused.kind, 'conflict');
  });

  it('is run again as the next attempt, all of it or what failed', async () => {
    const rig = gitHubRig({ scenario: 'failing-production' });
    const failed = rig.simulator.world.home.runs.findLast(({ attempts }) => attempts.at(-1)?.conclusion === 'failure');
    assert.ok(failed);
    await rig.github.rerun(rig.repository, failed.id, true);
    assert.equal((await rig.github.run(rig.repository, failed.id)).attempt, 2);
    const refused = await refusalOf(rig.clock.until(rig.github.rerun(rig.repository, failed.id, false)));
    assert.equal(refused.kind, 'conflict');
    assert.deepEqual(rig.requests().filter((request) => request.startsWith('POST')), [
      `POST /actions/runs/${failed.id}/rerun-failed-jobs 201`, `POST /actions/runs/${failed.id}/rerun 403`,
    ]);
  });

  it('has nothing to run again when nothing failed', async () => {
    const rig = gitHubRig();
    const good = rig.simulator.world.home.runs.findLast(({ attempts }) => attempts.at(-1)?.conclusion === 'success');
    assert.equal((await refusalOf(rig.github.rerun(rig.repository, good?.id ?? 0, true))).kind, 'conflict');
  });

  it('is let pass by a reviewer, with a comment that may be empty', async () => {
    const rig = gitHubRig({ token: 'sim-token-ana' });
    const id = await startedByCamille(rig);
    const [pending] = await waiting(rig, id);
    assert.ok(pending?.canApprove);
    await rig.clock.until(rig.github.review(rig.repository, id, [pending.environmentId], 'approved', ''));
    assert.deepEqual(await rig.github.pendingDeployments(rig.repository, id), []);
    const again = await refusalOf(rig.clock.until(rig.github.review(rig.repository, id, [pending.environmentId], 'approved', '')));
    assert.equal(again.kind, 'conflict');
  });

  it('is stopped by a reviewer who rejects', async () => {
    const rig = gitHubRig({ token: 'sim-token-ana' });
    const id = await startedByCamille(rig);
    const [pending] = await waiting(rig, id);
    await rig.clock.until(rig.github.review(rig.repository, id, [pending?.environmentId ?? 0], 'rejected', 'Not on a Friday'));
    rig.simulator.advance(60_000);
    assert.equal((await rig.github.run(rig.repository, id)).conclusion, 'failure');
  });

  for (const kind of ['502AfterEffect', 'droppedAfterEffect', '500', 'droppedSocket'] as const) {
    it(`whose control gets no answer (${kind}) is not controlled twice`, async () => {
      const rig = gitHubRig();
      const runId = await started(rig, 'staging');
      rig.simulator.inject({ kind, match: { method: 'POST' }, times: 9 });
      for (const control of [() => rig.github.cancel(rig.repository, runId), () => rig.github.rerun(rig.repository, runId, false), () => rig.github.review(rig.repository, runId, [1], 'approved', '')]) {
        const error = await refusalOf(rig.clock.until(control()));
        assert.equal(error.kind, 'unknownOutcome');
        assert.equal(rig.requests().length, 1);
      }
    });
  }

  it('is not touched by a token that may not', async () => {
    const rig = gitHubRig({ token: 'sim-token-codespaces' });
    const runId = rig.simulator.world.home.runs.at(-1)?.id ?? 0;
    assert.equal((await refusalOf(rig.github.cancel(rig.repository, runId))).kind, 'codespacesToken');
  });
});

/** A deploy to production that camille started in the world where we are somebody else. */
async function startedByCamille(rig: GitHubRig): Promise<number> {
  const response = await rig.simulator.fetch(`http://git.test/api/v3/repos/${rig.repository.owner}/${rig.repository.name}/actions/workflows/deploy.yml/dispatches`, {
    method: 'POST',
    headers: { authorization: 'token sim-token' },
    body: JSON.stringify({ ref: 'main', inputs: { environment: 'production' }, return_run_details: true }),
  });
  const { workflow_run_id: id } = (await response.json()) as { workflow_run_id: number };
  rig.requests();
  return id;
}

async function waiting(rig: GitHubRig, runId: number) {
  for (let step = 0; step < 100; step++) {
    const pending = await rig.github.pendingDeployments(rig.repository, runId);
    if (pending.length > 0) return pending;
    rig.simulator.advance(5_000);
  }
  return assert.fail('The run never waited.');
}
