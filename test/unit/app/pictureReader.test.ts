import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { environmentOf, plan, waitUntil } from '../../support/deployFrom.ts';
import { startWorld, type World } from '../../support/startWorld.ts';
import { perform } from '../../../src/simulator/teammates.ts';

const minute = 60_000;

async function opened(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const world = startWorld({ scenario: 'team', ...options });
  await world.open();
  return world;
}

describe('the picture', () => {
  it('calls what is live unknown until the run behind it was read, and then never changes its mind', async () => {
    const world = startWorld({ scenario: 'large', latencyMs: 80 });
    const said = new Map<string, string[]>();
    world.session.store.onDidChange(({ after }) => {
      for (const { target, live } of after.environments) {
        const words = said.get(target.environment) ?? [];
        const word = typeof live === 'object' ? live.label : live;
        if (words.at(-1) !== word) said.set(target.environment, [...words, word]);
      }
    });
    await world.open();
    await world.clock.advance(1_000);
    assert.ok([...said.values()].some((words) => words[0] === 'unknown'));
    for (const [environment, words] of said) assert.ok(words.filter((word) => word !== 'unknown').length <= 1, `${environment}: ${words.join()}`);
    world.dispose();
  });

  it('asks the site itself and shows whether it agrees', async () => {
    const settings = { environments: { production: { versionUrl: 'https://crm.example/version' }, staging: { versionUrl: 'https://staging.crm.example/version' } } };
    const world = await opened({
      settings,
      siteVersion: (url) => Promise.resolve(url.includes('staging') ? { version: 'v0.0.1', sha: undefined } : { version: 'v1.37.0', sha: undefined }),
    });
    const [staging, production] = ['staging', 'production'].map((name) => environmentOf(world, name).live);
    assert.ok(typeof staging === 'object' && typeof production === 'object');
    assert.deepEqual([staging.label, staging.verdict, production.label, production.verdict], ['v1.39.0-rc.1', 'disagree', 'v1.37.0', 'agree']);
    assert.equal(production.evidence.at(-1)?.source, 'site');
    world.dispose();
  });

  it('takes the site’s word where the workflow leaves no deployment record, and claims no more than it says', async () => {
    let answer: { version: string | undefined; sha: string | undefined } | undefined;
    const world = startWorld({
      scenario: 'quiet',
      settings: { environments: { production: { versionUrl: 'https://crm.example/version', workflow: 'deploy.yml' } } },
      siteVersion: () => Promise.resolve(answer),
    });
    const { home } = world.simulator.world;
    home.deployments.splice(0, home.deployments.length);
    const files = home.commits.get(home.branches.get('main') ?? '')?.files;
    assert.ok(files instanceof Map);
    const path = '.github/workflows/deploy.yml';
    files.set(path, (files.get(path) ?? '').replaceAll('      deployments: write\n', ''));
    await world.open();
    assert.equal(environmentOf(world, 'production').live, 'unknown', 'no job may write records, and GitHub writes none');
    answer = { version: 'v1.37.0', sha: undefined };
    await world.clock.until(world.session.refresher.refresh());
    const { live, history } = environmentOf(world, 'production');
    assert.ok(typeof live === 'object');
    const { evidence, ...rest } = live;
    const sha = home.tags.get('v1.37.0')?.commit;
    assert.deepEqual(rest, { deploymentId: undefined, runId: undefined, label: 'v1.37.0', sha, since: undefined, by: '', isRollback: false, verdict: 'unknown', conflict: 'none' });
    assert.deepEqual([history, evidence.map(({ source, version, url }) => [source, version, url])], [[], [['site', 'v1.37.0', 'https://crm.example/version']]]);
    assert.equal((await plan(world, 'production', 'v1.38.0')).inputs['expected_current'], 'v1.37.0');
    answer = { version: 'nightly', sha: undefined };
    assert.equal((await plan(world, 'production', 'v1.38.0')).inputs['expected_current'], undefined, 'no workflow can check a name that only the site knows');
    answer = undefined;
    await world.clock.until(world.session.refresher.refresh());
    assert.equal(environmentOf(world, 'production').live, 'unknown');
    world.dispose();
  });

  it('shows twenty deployments and more when asked, whole to the end', async () => {
    const world = await opened();
    const first = environmentOf(world, 'staging');
    assert.deepEqual([first.history.length, first.historyComplete], [20, false]);
    for (let round = 0; !environmentOf(world, 'staging').historyComplete && round < 30; round++) {
      await world.clock.until(world.session.refresher.loadMoreHistory('staging'));
    }
    const { history } = environmentOf(world, 'staging');
    const there = world.simulator.world.home.deployments.filter(({ environment }) => environment === 'staging');
    assert.ok(history.length === Math.min(there.length, 100) || history.length === there.length, `${history.length} of ${there.length}`);
    assert.ok(history.every(({ isProvisional }) => !isProvisional));
    world.dispose();
  });

  it('learns all branches and tags for who chooses a version', async () => {
    const world = await opened();
    assert.equal(world.session.store.state.facts?.tags?.length ?? 0, 0);
    await world.clock.until(world.session.refresher.loadVersions());
    const { facts } = world.session.store.state;
    assert.equal(facts?.tags?.length, world.simulator.world.home.tags.size);
    assert.equal(facts?.branches.length, world.simulator.world.home.branches.size);
    world.dispose();
  });

  it('notices a push, a release and a disabled workflow', async () => {
    const world = await opened({ scenario: 'quiet' });
    await world.clock.advance(5_000);
    const waiting = environmentOf(world, 'staging').waiting;
    perform(world.simulator.world, { act: 'push', branch: 'develop', commits: 2 });
    await waitUntil(world, () => environmentOf(world, 'staging').waiting !== waiting, 10 * minute);
    const after = environmentOf(world, 'staging').waiting;
    assert.ok(after.kind === 'known');
    const workflow = world.simulator.world.home.workflows.find(({ path }) => path.endsWith('/deploy.yml'));
    assert.ok(workflow);
    workflow.state = 'disabled_manually';
    await world.clock.until(world.session.refresher.refresh());
    assert.equal(environmentOf(world, 'staging').target.deploy, undefined);
    world.dispose();
  });

  for (const scenario of ['team', 'quiet', 'failing-production', 'approval-needed', 'large', 'empty', 'old-enterprise'] as const) {
    it(`is drawn for ${scenario} without a complaint`, async () => {
      const world = await opened({ scenario });
      await world.clock.advance(10_000);
      assert.equal(world.session.store.state.connection.kind, 'online');
      assert.deepEqual([world.log.errors, world.log.lines.filter((line) => line.startsWith('warn'))], [[], []]);
      world.dispose();
    });
  }
});
