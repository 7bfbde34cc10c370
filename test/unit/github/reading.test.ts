import assert from 'node:assert/strict';
import { gitHubRig, refusalOf } from '../../support/gitHubRig.ts';

describe('Reading GitHub', () => {
  it('gives runs as GitHub has them, a page at a time', async () => {
    const { github, repository, simulator } = gitHubRig({ scenario: 'team' });
    const page = await github.runs(repository, { page: 1, perPage: 5 });
    const truth = simulator.world.home.runs.toReversed().slice(0, 5);
    assert.deepEqual([page.total, page.hasMore], [simulator.world.home.runs.length, true]);
    assert.deepEqual(page.runs.map((run) => run.id), truth.map(({ id }) => id));
    const [run] = page.runs;
    const [model] = truth;
    assert.ok(run && model);
    assert.deepEqual(
      [run.attempt, run.number, run.workflowPath, run.workflowName, run.title, run.event, run.branch, run.sha, run.actor, run.url],
      [1, model.number, model.workflow.path, model.workflow.name, model.title, model.event, model.branch, model.sha, model.actor, `http://git.test/${repository.owner}/${repository.name}/actions/runs/${model.id}`],
    );
    assert.equal(run.createdAt, Math.floor(model.createdAt / 1_000) * 1_000);
    const last = await github.runs(repository, { page: Math.ceil(page.total / 5), perPage: 5 });
    assert.equal(last.hasMore, false);
  });

  it('filters runs by workflow path, event, actor, status and date', async () => {
    const { github, repository, simulator } = gitHubRig({ scenario: 'team' });
    const ask = async (query: object) => (await github.runs(repository, { ...query, page: 1, perPage: 10 })).runs;
    assert.ok((await ask({ workflow: '.github/workflows/rollback.yml' })).every(({ workflowPath }) => workflowPath === '.github/workflows/rollback.yml'));
    assert.ok((await ask({ event: 'workflow_dispatch', actor: 'ana' })).every(({ event, actor }) => event === 'workflow_dispatch' && actor === 'ana'));
    assert.ok((await ask({ status: 'failure' })).every(({ conclusion }) => conclusion === 'failure'));
    const since = new Date(simulator.world.now - 86_400_000).toISOString();
    assert.ok((await ask({ created: `>=${since}`, branch: 'develop' })).every(({ createdAt, branch }) => createdAt >= Date.parse(since) - 1_000 && branch === 'develop'));
  });

  it('answers what did not change with the very same object, for free', async () => {
    const { github, repository, requests, simulator } = gitHubRig();
    const runId = simulator.world.home.runs.at(-1)?.id ?? 0;
    const reads = {
      runs: () => github.runs(repository, { page: 1, perPage: 20 }),
      run: () => github.run(repository, runId),
      jobs: () => github.jobs(repository, runId),
      workflows: () => github.workflows(repository),
      branches: () => github.branches(repository),
      tags: () => github.tags(repository),
      compare: () => github.compare(repository, 'main', 'develop'),
      file: () => github.file(repository, '.github/workflows/deploy.yml', 'main'),
    };
    for (const [name, read] of Object.entries(reads)) {
      const first = await read();
      const { core } = github.budget;
      requests();
      assert.equal(await read(), first, name);
      assert.match(requests().join(), / 304$/);
      assert.equal(github.budget.core?.remaining, core?.remaining, `${name} was counted`);
    }
  });

  it('gives the same list again when its several pages did not change', async () => {
    const { github, repository, simulator } = gitHubRig();
    const head = simulator.world.home.branches.get('main') ?? '';
    for (let index = 0; index < 150; index++) simulator.world.home.branches.set(`topic/${index}`, head);
    const first = await github.branches(repository);
    assert.equal(first.length, simulator.world.home.branches.size);
    assert.equal(await github.branches(repository), first);
    simulator.world.home.branches.set('topic/0', 'f'.repeat(40));
    assert.notEqual(await github.branches(repository), first);
  });

  it('gives the same object to two readers at once', async () => {
    const { github, repository } = gitHubRig();
    const [one, two] = await Promise.all([github.workflows(repository), github.workflows(repository)]);
    assert.equal(one, two);
  });

  it('notices changes without loading them again', async () => {
    const { github, repository, simulator } = gitHubRig();
    for (const probe of ['runs', 'deployments', 'releases', 'environments', 'repository'] as const) {
      assert.equal(await github.hasChanged(repository, probe), true, `${probe} at first`);
      assert.equal(await github.hasChanged(repository, probe), false, `${probe} unchanged`);
    }
    await github.dispatch(repository, { workflow: 'deploy.yml', ref: 'main', inputs: { environment: 'staging' } });
    simulator.advance(600_000);
    assert.equal(await github.hasChanged(repository, 'runs'), true);
    assert.equal(await github.hasChanged(repository, 'deployments'), true);
    assert.equal(await github.hasChanged(repository, 'releases'), false);
  });

  it('keeps probes and reads of one address apart', async () => {
    const { github, repository } = gitHubRig();
    await github.hasChanged(repository, 'runs');
    const page = await github.runs(repository, { page: 1, perPage: 10 });
    assert.equal(page.runs.length, 10);
  });

  it('gives jobs with their steps, of an earlier attempt too', async () => {
    const { github, repository, simulator, clock } = gitHubRig({ scenario: 'failing-production' });
    const failed = simulator.world.home.runs.findLast(({ attempts }) => attempts.at(-1)?.conclusion === 'failure');
    assert.ok(failed);
    const before = await github.jobs(repository, failed.id);
    assert.ok(before.some(({ conclusion, steps }) => conclusion === 'failure' && steps.some((step) => step.conclusion === 'failure')));
    await clock.until(github.rerun(repository, failed.id, false));
    simulator.advance(20_000);
    const first = await github.jobs(repository, failed.id, 1);
    assert.deepEqual(first.map(({ name, conclusion }) => [name, conclusion]), before.map(({ name, conclusion }) => [name, conclusion]));
    assert.equal((await github.run(repository, failed.id)).attempt, 2);
    assert.notDeepEqual(await github.jobs(repository, failed.id), first);
  });

  it('lists workflows with their state', async () => {
    const { github, repository, simulator } = gitHubRig();
    const rollback = simulator.world.home.workflows.find(({ path }) => path.endsWith('rollback.yml'));
    assert.ok(rollback);
    rollback.state = 'disabled_inactivity';
    const workflows = await github.workflows(repository);
    assert.deepEqual(workflows.map(({ path, state }) => [path, state]), [
      ['.github/workflows/ci.yml', 'active'], ['.github/workflows/deploy.yml', 'active'], ['.github/workflows/hold.yml', 'active'], ['.github/workflows/rollback.yml', 'disabled'],
    ]);
  });

  it('resolves branches, tags, annotated tags and short SHAs, and nothing else', async () => {
    const { github, repository, simulator } = gitHubRig();
    const { home } = simulator.world;
    const annotated = [...home.tags.values()].find(({ annotation }) => annotation !== undefined) ?? [...home.tags.values()].at(-1);
    assert.ok(annotated);
    const head = home.branches.get('develop');
    assert.equal((await github.resolve(repository, 'develop'))?.sha, head);
    assert.equal((await github.resolve(repository, annotated.name))?.sha, annotated.commit);
    assert.equal((await github.resolve(repository, annotated.commit.slice(0, 8)))?.sha, annotated.commit);
    assert.equal(await github.resolve(repository, 'no-such-ref'), undefined);
    assert.equal(await github.resolve(repository, 'main:README.md'), undefined);
  });

  it('compares, oldest commit first, with the pull requests that the commits name', async () => {
    const { github, repository, simulator } = gitHubRig({ scenario: 'team' });
    const comparison = await github.compare(repository, 'main', 'develop');
    assert.ok(comparison.aheadBy > 0);
    assert.equal(comparison.commits.length, comparison.aheadBy);
    assert.equal(comparison.commits.at(-1)?.sha, simulator.world.home.branches.get('develop'));
    for (const { sha, headline, author, pullRequest } of comparison.commits) {
      const truth = simulator.world.home.commits.get(sha);
      assert.deepEqual([headline, author], [truth?.message.split('\n')[0], truth?.author]);
      assert.equal(pullRequest?.number, truth?.pullRequest?.number);
    }
    const refused = await refusalOf(github.compare(repository, 'main', 'gone'));
    assert.deepEqual([refused.kind, refused.values], ['refNotFound', { base: 'main', head: 'gone' }]);
  });

  it('reads a file at a ref, or tells that it is not there', async () => {
    const { github, repository, simulator } = gitHubRig();
    const { home } = simulator.world;
    const text = home.commits.get(home.branches.get('develop') ?? '')?.files.get('.github/workflows/deploy.yml');
    assert.equal(await github.file(repository, '.github/workflows/deploy.yml', 'develop'), text);
    assert.equal(await github.file(repository, '.github/workflows/none.yml', 'develop'), undefined);
    assert.equal(await github.file(repository, 'README.md', 'no-such-ref'), undefined);
  });

  it("follows a job's log to where it is kept", async () => {
    const { github, repository, simulator } = gitHubRig();
    const job = simulator.world.home.runs.at(-1)?.attempts.at(-1)?.jobs[0];
    assert.ok(job);
    assert.match(await github.jobLog(repository, job.id), /^\d{4}-\d\d-\d\dT[\d:.]+Z /);
    assert.equal((await refusalOf(github.jobLog(repository, 1))).kind, 'notAvailable');
  });

  it('waits a minute for a log, for it may be large', async () => {
    const rig = gitHubRig();
    rig.between = (request) => new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
    });
    const began = rig.clock.now();
    assert.equal((await refusalOf(rig.clock.until(rig.github.jobLog(rig.repository, 1)))).kind, 'offline');
    assert.equal(rig.clock.now() - began, 60_000);
  });

  it('names every request in the log, without tokens or inputs', async () => {
    const { github, repository, logged } = gitHubRig();
    await github.workflows(repository);
    await github.dispatch(repository, { workflow: 'deploy.yml', ref: 'develop', inputs: { environment: 'staging', reason: 'top secret' } });
    assert.deepEqual(logged, [
      `GET /repos/${repository.owner}/${repository.name}/actions/workflows?per_page=100&page=1 200 0 ms, 4999 left`,
      `POST /repos/${repository.owner}/${repository.name}/actions/workflows/deploy.yml/dispatches 200 0 ms, 4998 left`,
    ]);
  });

  it('throws an AbortError when aborted, before and during', async () => {
    const rig = gitHubRig();
    const early = AbortSignal.abort('somebody left');
    await assert.rejects(rig.github.workflows(rig.repository, early), { name: 'AbortError' });
    const late = new AbortController();
    rig.between = async (request, pass) => {
      late.abort();
      request.signal.throwIfAborted();
      return pass();
    };
    await assert.rejects(rig.github.workflows(rig.repository, late.signal), { name: 'AbortError' });
    assert.deepEqual(rig.requests(), []);
  });

  it('speaks as its headers promise', async () => {
    const rig = gitHubRig();
    let headers: Headers | undefined;
    rig.between = (request, pass) => {
      headers = request.headers;
      return pass();
    };
    await rig.github.workflows(rig.repository);
    assert.equal(headers?.get('x-github-api-version'), '2022-11-28');
    assert.equal(headers?.get('accept'), 'application/vnd.github+json');
    assert.match(headers?.get('user-agent') ?? '', /^boussole /);
    assert.equal(headers?.get('authorization'), 'token sim-token');
  });
});
