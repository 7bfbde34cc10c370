import assert from 'node:assert/strict';
import { gitHubRig, refusalOf } from '../../support/gitHubRig.ts';

describe('The overview of a repository', () => {
  it('comes in one round trip of at most 220 KB, a hundred records with payloads among it', async () => {
    const { github, repository, simulator, requests } = gitHubRig({ scenario: 'team' });
    await github.overview(repository, ['main', 'develop']);
    assert.deepEqual(requests(), ['POST /api/graphql 200']);
    assert.ok((simulator.log.at(-1)?.bytes ?? Infinity) <= 220 * 1024, `${simulator.log.at(-1)?.bytes} bytes`);
  });

  it('tells who asks, what they may do and what kind of repository it is', async () => {
    const { github, repository } = gitHubRig();
    const { viewer, permission, isArchived, isEmpty, parent, defaultBranch } = await github.overview(repository, []);
    assert.deepEqual({ viewer, permission, isArchived, isEmpty, parent, defaultBranch }, {
      viewer: 'camille', permission: 'write', isArchived: false, isEmpty: false, parent: undefined, defaultBranch: 'main',
    });
  });

  it('lists environments with what guards them', async () => {
    const { github, repository } = gitHubRig();
    const { environments } = await github.overview(repository, []);
    assert.deepEqual(environments.map(({ name, protectionRules }) => [name, protectionRules]), [
      ['notifications', []],
      ['production', [{ type: 'requiredReviewers', reviewers: ['ana', 'Release captains'], preventSelfReview: true }, { type: 'branchPolicy' }]],
      ['staging', []],
    ]);
  });

  it('lists deployments newest first, each with its statuses oldest first and its run', async () => {
    const { github, repository, simulator } = gitHubRig();
    const { deployments, deploymentsComplete } = await github.overview(repository, []);
    const world = simulator.world.home.deployments;
    assert.equal(deploymentsComplete, world.length <= 100);
    assert.deepEqual(
      deployments.slice(0, 100).map(({ id }) => id),
      world.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, 100).map(({ id }) => id),
    );
    for (const deployment of deployments) {
      const truth = world.find(({ id }) => id === deployment.id);
      assert.ok(truth);
      assert.equal(deployment.runId, truth.job?.run.id);
      assert.deepEqual([deployment.sha, deployment.environment, deployment.creator], [truth.sha, truth.environment, truth.creator.replace('[bot]', '')]);
      assert.deepEqual(deployment.shipped, Object.fromEntries(['version', 'sha', 'actor'].flatMap((key) => (key in truth.payload ? [[key, truth.payload[key]]] : []))));
      assert.deepEqual(deployment.statuses.map((status) => status.state), truth.statuses.map(({ state }) => (state === 'in_progress' ? 'inProgress' : state)));
      assert.equal(deployment.statuses.at(-1)?.environmentUrl ?? '', truth.statuses.at(-1)?.environmentUrl);
    }
  });

  it('reaches an environment whose last deploy is older than the newest hundred, and says that there is more', async () => {
    const { github, repository, simulator } = gitHubRig();
    const { home } = simulator.world;
    const old = home.deployments.find(({ environment, statuses }) => environment === 'production' && statuses.some(({ state }) => state === 'success'));
    const young = home.deployments.filter(({ environment }) => environment === 'staging').at(-1);
    assert.ok(old && young);
    home.deployments.splice(0, home.deployments.length, old, ...Array.from({ length: 100 }, (_, index) => ({ ...young, id: 1 + index, createdAt: young.createdAt + index })));
    const { deployments, deploymentsComplete } = await github.overview(repository, []);
    assert.deepEqual([deployments.length, deployments.at(-1)?.id, deployments.at(-1)?.environment, deploymentsComplete], [101, old.id, 'production', false]);
  });

  it('lists releases, a draft without a commit among them', async () => {
    const { github, repository, simulator } = gitHubRig();
    const { releases } = await github.overview(repository, []);
    const truth = simulator.world.home.releases;
    assert.equal(releases.length, Math.min(50, truth.length));
    assert.deepEqual(releases.filter(({ isDraft }) => isDraft).map(({ sha }) => sha), truth.filter(({ draft }) => draft).map(() => undefined));
    const published = truth.findLast(({ draft, prerelease }) => !draft && !prerelease);
    const mapped = releases.find(({ tag }) => tag === published?.tagName);
    assert.deepEqual([mapped?.sha, mapped?.author], [simulator.world.home.tags.get(published?.tagName ?? '')?.commit, published?.author]);
  });

  it('tells how many releases there are, and goes on from its own page to the last', async () => {
    const { github, repository, simulator } = gitHubRig({ scenario: 'large' });
    const first = await github.overview(repository, []);
    const truth = simulator.world.home.releases.map(({ id }) => id);
    assert.deepEqual([first.releases.length, first.releaseCount], [50, truth.length]);
    const ids = first.releases.map(({ id }) => id);
    let pages = 0;
    for (let next = first.nextReleases; next !== undefined; pages++) {
      const page = await github.releases(repository, next);
      ids.push(...page.releases.map(({ id }) => id));
      ({ next } = page);
    }
    assert.deepEqual([pages, ids], [3, truth.toReversed()]);
    assert.deepEqual((await github.releases(repository, undefined)).releases, first.releases);
  });

  it('gives heads and commits of the branches asked for, each once, newest first', async () => {
    const { github, repository, simulator } = gitHubRig();
    const { branches, commits } = await github.overview(repository, ['develop', 'main', 'develop', 'no-such-branch']);
    assert.deepEqual(branches.map(({ name, sha }) => [name, sha]), ['main', 'develop'].map((name) => [name, simulator.world.home.branches.get(name)]));
    assert.equal(new Set(commits.map(({ sha }) => sha)).size, commits.length);
    assert.ok(commits.every((commit, index) => index === 0 || commit.committedAt <= (commits[index - 1]?.committedAt ?? 0)));
    assert.ok(branches.every(({ sha }) => commits.some((commit) => commit.sha === sha)));
    const withRequest = commits.find(({ pullRequest }) => pullRequest !== undefined);
    assert.deepEqual(withRequest?.pullRequest, simulator.world.home.commits.get(withRequest?.sha ?? '')?.pullRequest);
  });

  it('asks again only for more than three branches', async () => {
    const { github, repository, simulator, requests } = gitHubRig();
    const head = simulator.world.home.branches.get('develop') ?? '';
    const names = ['a', 'b', 'c', 'd', 'e/f g'];
    for (const name of names) simulator.world.home.branches.set(name, head);
    const { branches } = await github.overview(repository, names);
    assert.deepEqual(branches.map(({ name }) => name), ['main', ...names]);
    assert.equal(requests().length, 2);
  });

  it('brings the workflow files of the default branch with it', async () => {
    const { github, repository, simulator } = gitHubRig();
    const { workflowFiles } = await github.overview(repository, []);
    const { home } = simulator.world;
    const files = home.commits.get(home.branches.get('main') ?? '')?.files;
    assert.deepEqual(workflowFiles.map(({ path }) => path), ['ci', 'deploy', 'hold', 'rollback'].map((name) => `.github/workflows/${name}.yml`));
    for (const { path, text } of workflowFiles) assert.equal(text, files?.get(path));
  });

  it('of a repository without anything is empty', async () => {
    const { github, repository } = gitHubRig({ scenario: 'empty' });
    const { environments, deployments, releases, workflowFiles } = await github.overview(repository, []);
    assert.deepEqual([environments, deployments, releases, workflowFiles], [[], [], [], []]);
  });

  it('reads on when there are more than a hundred environments', async () => {
    const { github, repository, simulator } = gitHubRig();
    const [one] = simulator.world.home.environments;
    assert.ok(one);
    for (let index = 0; index < 130; index++) simulator.world.home.environments.push({ ...one, id: 900_000 + index, name: `review/${String(index).padStart(3, '0')} x` });
    const { environments } = await github.overview(repository, []);
    assert.equal(environments.length, simulator.world.home.environments.length);
  });

  it('says so when the repository does not exist', async () => {
    const { github, repository } = gitHubRig();
    assert.equal((await refusalOf(github.overview({ ...repository, name: 'nothing' }, []))).kind, 'notFound');
  });

  it('reads older deployments of one environment page by page', async () => {
    const { github, repository, simulator } = gitHubRig({ scenario: 'team' });
    const truth = simulator.world.home.deployments.filter(({ environment }) => environment === 'staging');
    assert.equal((await github.deployments(repository, 'staging', 5)).length, 5);
    assert.equal((await github.deployments(repository, 'staging', 1_000)).length, truth.length);
    assert.deepEqual(await github.deployments(repository, 'no such/environment', 10), []);
  });
});
