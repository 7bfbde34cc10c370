import assert from 'node:assert/strict';
import { gitHubRig, refusalOf, type GitHubRig } from '../../support/gitHubRig.ts';

/** Starts a deploy to production, which waits for a reviewer after its first jobs. */
async function startProduction(rig: GitHubRig, environment = 'production') {
  const answer = await rig.clock.until(rig.github.dispatch(rig.repository, { workflow: 'deploy.yml', ref: 'main', inputs: { environment } }));
  assert.equal(answer.kind, 'started');
  const runId = answer.kind === 'started' ? answer.runId : 0;
  rig.simulator.advance(15_000);
  const { nodeId } = await rig.github.run(rig.repository, runId);
  rig.requests();
  return { id: runId, nodeId };
}

/** Advances the world until a run shows `status`. */
async function until(rig: GitHubRig, run: { readonly id: number; readonly nodeId: string | undefined }, status: string) {
  for (let step = 0; step < 200; step++) {
    const [seen] = await rig.github.observe(rig.repository, [run]);
    if (seen?.status === status) return seen;
    rig.simulator.advance(5_000);
  }
  return assert.fail(`The run was never ${status}.`);
}

describe('Looking at live runs', () => {
  it('takes one request for all of them', async () => {
    const rig = gitHubRig();
    const runs = [await startProduction(rig), await startProduction(rig, 'staging')];
    const seen = await rig.github.observe(rig.repository, runs);
    assert.deepEqual(rig.requests(), ['POST /api/graphql 200']);
    assert.deepEqual(seen.map(({ runId }) => runId), runs.map(({ id }) => id));
  });

  it('sees the others in that one request when GitHub does not know one of them', async () => {
    const rig = gitHubRig();
    const runs = [await startProduction(rig), await startProduction(rig, 'staging')] as const;
    const unknown = { id: 4, nodeId: 'WFR_gone' };
    const seen = await rig.github.observe(rig.repository, [runs[0], unknown, runs[1]]);
    assert.deepEqual(rig.requests(), ['POST /api/graphql 200']);
    assert.deepEqual(seen.map(({ runId }) => runId), runs.map(({ id }) => id));
  });

  it('sees the same jobs and steps as REST does', async () => {
    const rig = gitHubRig();
    const run = await startProduction(rig, 'staging');
    for (let step = 0; step < 12; step++) {
      rig.simulator.advance(12_000);
      const [seen] = await rig.github.observe(rig.repository, [run]);
      const jobs = await rig.github.jobs(rig.repository, run.id);
      const whole = await rig.github.run(rig.repository, run.id);
      assert.deepEqual(seen?.jobs.map((job) => ({ ...job, url: '' })), jobs.map((job) => ({ ...job, url: '' })));
      assert.deepEqual([seen?.status, seen?.conclusion, seen?.attempt], [whole.status, whole.conclusion, undefined]);
    }
    assert.equal((await until(rig, run, 'completed')).conclusion, 'success');
  });

  it('sees whom a run waits for, and the same by REST', async () => {
    const rig = gitHubRig();
    const run = await startProduction(rig);
    const { pending } = await until(rig, run, 'waiting');
    assert.deepEqual(pending.map(({ environment, reviewers, canApprove }) => ({ environment, reviewers, canApprove })), [
      { environment: 'production', reviewers: ['ana', 'Release captains'], canApprove: false },
    ]);
    assert.deepEqual(await rig.github.pendingDeployments(rig.repository, run.id), pending);
  });

  it('reads run by run what a fine-grained token may not see, and remembers that', async () => {
    const rig = gitHubRig({ token: 'sim-token-fine-grained' });
    const run = await startProduction(rig, 'staging');
    const [seen] = await rig.github.observe(rig.repository, [run]);
    assert.deepEqual(rig.requests().map((request) => request.replace(/\d{6,}/, 'N')).toSorted(), ['GET /actions/runs/N 304', 'GET /actions/runs/N/jobs 200', 'POST /api/graphql 200']);
    assert.deepEqual([seen?.runId, seen?.attempt, seen?.status], [run.id, 1, 'inProgress']);
    assert.ok((seen?.jobs.length ?? 0) > 0);
    await rig.github.observe(rig.repository, [run]);
    assert.deepEqual(rig.requests().map((request) => request.slice(0, 3)), ['GET', 'GET']);
  });

  it('reads a run without a node id by REST, with its reviewers', async () => {
    const rig = gitHubRig();
    const run = await startProduction(rig);
    await until(rig, run, 'waiting');
    rig.requests();
    const [seen] = await rig.github.observe(rig.repository, [{ id: run.id, nodeId: undefined }]);
    assert.deepEqual([seen?.status, seen?.pending.map(({ environment }) => environment)], ['waiting', ['production']]);
    assert.ok(rig.requests().every((request) => request.startsWith('GET')));
  });

  it('leaves out what it cannot see', async () => {
    const rig = gitHubRig();
    const run = await startProduction(rig, 'staging');
    const gone = { ...(await startProduction(rig, 'staging')), id: 1 };
    rig.between = async (_, pass) => {
      const body = (await (await pass()).json()) as { data: { nodes: unknown[] } };
      body.data.nodes[0] = null;
      return Response.json({ ...body, errors: [{ type: 'NOT_FOUND', path: ['nodes', 0], message: 'Could not resolve to a node with the global id' }] });
    };
    const seen = await rig.github.observe(rig.repository, [gone, run]);
    assert.deepEqual(seen.map(({ runId }) => runId), [run.id]);
    assert.deepEqual(rig.requests(), ['POST /api/graphql 200']);
    rig.between = undefined;
    assert.deepEqual(await rig.github.observe(rig.repository, [{ id: 2, nodeId: undefined }]), []);
    assert.deepEqual(await rig.github.observe(rig.repository, []), []);
  });

  it('reads run by run what an answer without nodes withholds, and tries together again', async () => {
    const rig = gitHubRig();
    const run = await startProduction(rig, 'staging');
    const withStranger = await rig.github.observe(rig.repository, [{ id: 1, nodeId: 'WFR_kwDObm90aGluZw' }, run]);
    assert.deepEqual(withStranger.map(({ runId }) => runId), [run.id]);
    rig.requests();
    await rig.github.observe(rig.repository, [run]);
    assert.deepEqual(rig.requests(), ['POST /api/graphql 200']);
  });

  it('says so when the whole look fails', async () => {
    const rig = gitHubRig();
    const run = await startProduction(rig, 'staging');
    rig.simulator.inject({ kind: 'droppedSocket' });
    assert.equal((await refusalOf(rig.github.observe(rig.repository, [run]))).kind, 'offline');
    rig.simulator.inject({ kind: 'rateLimitSecondary' });
    assert.equal((await refusalOf(rig.github.observe(rig.repository, [run]))).kind, 'rateLimited');
  });

  it('takes no check run of another app for a job', async () => {
    const rig = gitHubRig();
    const run = await startProduction(rig, 'staging');
    rig.between = async (_, pass) => {
      const body = (await (await pass()).json()) as { data: { nodes: { checkSuite: { checkRuns: { nodes: object[]; totalCount: number } } }[] } };
      const checkRuns = body.data.nodes[0]?.checkSuite.checkRuns;
      checkRuns?.nodes.push({ databaseId: 7, name: 'coverage', status: 'COMPLETED', conclusion: 'FAILURE', startedAt: null, completedAt: null, detailsUrl: 'https://coverage.test/1', steps: null });
      if (checkRuns) checkRuns.totalCount++;
      return Response.json(body);
    };
    const [seen] = await rig.github.observe(rig.repository, [run]);
    assert.equal(seen?.jobs.some(({ name }) => name === 'coverage'), false);
  });
});
