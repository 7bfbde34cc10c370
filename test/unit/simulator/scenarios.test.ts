import assert from 'node:assert/strict';
import { compareCommits, headOf } from '../../../src/simulator/world/history.ts';
import type { Repository, Run } from '../../../src/simulator/world/model.ts';
import { statusOf } from '../../../src/simulator/world/runStatus.ts';
import { latestAttempt } from '../../../src/simulator/world/runs.ts';
import { PIPELINE } from '../../../src/simulator/scenarios/crmFiles.ts';
import { createSimulator, type ScenarioName } from '../../../src/simulator/simulator.ts';
import { scenarios } from '../../../src/simulator/scenarios/scenarios.ts';
import { SimulatorRig, START } from '../../support/simulatorRig.ts';

function home(scenario: ScenarioName, seed = 1): Repository {
  return createSimulator({ scenario, seed, clock: { now: () => START } }).world.home;
}

function live(run: Run): boolean {
  return statusOf(latestAttempt(run)) !== 'completed';
}

/** How many commits wait on a branch for an environment. */
function waiting(repository: Repository, environment: string, branch: string): number {
  const site = repository.sites.get(environment);
  const base = repository.commits.get(site?.sha ?? '');
  const head = headOf(repository, branch);
  assert.ok(base && head);
  return compareCommits(repository, base, head)?.ahead.length ?? 0;
}

/** A world in one line, down to its last id. */
function summary(repository: Repository): unknown[] {
  return [
    [...repository.commits.keys()], repository.releases.map(({ id, tagName }) => [id, tagName]),
    repository.runs.map((run) => [run.id, run.title, run.actor, run.createdAt, ...latestAttempt(run).jobs.map((job) => [job.id, job.conclusion, job.completedAt])]),
    repository.deployments.map(({ id, sha, statuses }) => [id, sha, ...statuses.map(({ id: status, state, at }) => [status, state, at])]),
  ];
}

describe('the scenarios', () => {
  it('are the same for the same seed, and others for another', () => {
    assert.deepEqual(summary(home('team', 7)), summary(home('team', 7)));
    assert.notDeepEqual(summary(home('team', 7)), summary(home('team', 8)));
  });

  it('do not depend on how often somebody looked', async () => {
    const [often, once] = [new SimulatorRig('team'), new SimulatorRig('team')];
    for (let passed = 0; passed < 200; passed++) {
      often.pass(3000);
      await often.rest('GET', '/user');
    }
    once.pass(600_000);
    await once.rest('GET', '/user');
    assert.deepEqual(summary(often.simulator.world.home), summary(once.simulator.world.home));
  });

  it('"team" is a CRM with staging ahead of production and commits waiting on both', () => {
    const crm = home('team');
    assert.deepEqual(crm.environments.map(({ name }) => name), ['staging', 'production', 'notifications']);
    assert.ok(crm.runs.length >= 370 && crm.runs.length <= 430, `${crm.runs.length} runs`);
    assert.ok(crm.releases.length >= 38 && crm.releases.length <= 44, `${crm.releases.length} releases`);
    assert.notEqual(crm.sites.get('staging')?.sha, crm.sites.get('production')?.sha);
    assert.ok(waiting(crm, 'staging', 'develop') >= 3);
    assert.ok(waiting(crm, 'production', 'main') >= 3);
    assert.ok(new Set(crm.runs.map(({ workflow }) => workflow.name)).has('CI'));
    assert.ok(crm.releases.some(({ draft }) => draft) && crm.releases.some(({ prerelease }) => prerelease));
    assert.ok([...crm.tags.keys()].some((name) => !name.startsWith('v')));
    assert.equal(crm.deployments.some(({ environment }) => environment === 'notifications'), false);
    assert.ok(crm.deployments.some(({ production, statuses }) => production && statuses.at(-1)?.state === 'failure'));
  });

  it('"team" has one run in progress: Ana deploying to staging, shipping just now', () => {
    const [run, ...others] = home('team').runs.filter(live);
    assert.ok(run);
    assert.deepEqual([others, run.actor, run.title, statusOf(latestAttempt(run))], [[], 'ana', 'Deploy develop to staging', 'in_progress']);
    assert.deepEqual(latestAttempt(run).jobs.map(({ definition, status }) => `${definition.key} ${status}`), [
      'plan completed', 'announce completed', 'verify completed', 'progress completed', 'version completed', 'ship in_progress',
    ]);
  });

  it('"team" has rollbacks whose records name the commit that they shipped, and whose holds were lifted', () => {
    const crm = home('team');
    const rollbacks = crm.deployments.filter(({ job }) => job?.run.workflow.path.endsWith('rollback.yml'));
    assert.equal(rollbacks.length, 2);
    for (const { job, sha, task } of rollbacks) assert.deepEqual([sha, task], [crm.tags.get(job?.run.inputs['version'] ?? '')?.commit, 'rollback']);
    assert.deepEqual([...crm.branches.keys()], ['main', 'develop']);
    assert.equal(crm.runs.filter(({ workflow }) => workflow.path.endsWith('hold.yml')).length, 2);
  });

  it('"team" has the very files that Set Up installs', () => {
    const crm = home('team');
    const head = headOf(crm, 'main');
    for (const { path, text, executable } of PIPELINE) {
      assert.equal(head?.files.get(path), text, path);
      assert.equal(head?.executables?.has(path), executable, path);
    }
    assert.ok(PIPELINE.length > 10);
  });

  it('"quiet" stays as it is, for days', async () => {
    const rig = new SimulatorRig('quiet');
    const before = summary(rig.simulator.world.home);
    assert.deepEqual(rig.simulator.world.home.runs.filter(live), []);
    rig.pass(3 * 86_400_000);
    await rig.rest('GET', '/user');
    assert.deepEqual(summary(rig.simulator.world.home), before);
  });

  it('"failing-production" has just failed in production, and staging works', () => {
    const crm = home('failing-production');
    const last = crm.deployments.findLast(({ production }) => production);
    assert.equal(last?.statuses.at(-1)?.state, 'failure');
    assert.deepEqual([last?.creator, last?.payload['actor']], ['github-actions[bot]', 'jonas']);
    assert.equal(last?.job?.steps.find(({ conclusion }) => conclusion === 'failure')?.name, 'Publish');
  });

  it('"approval-needed" has one production deploy that waits for the viewer', async () => {
    const rig = new SimulatorRig('approval-needed');
    const [run] = rig.simulator.world.home.runs.filter(live);
    const { data } = await rig.rest('GET', `R/actions/runs/${run?.id}/pending_deployments`);
    assert.deepEqual([run?.actor, data[0].current_user_can_approve], ['jonas', true]);
  });

  it('"large" has forty environments, two hundred releases and five thousand runs', () => {
    const { environments, releases, runs } = home('large');
    assert.deepEqual([environments.length, releases.length, runs.length], [40, 200, 5000]);
  });

  it('"empty" has neither environments nor workflows, and a neighbour without a commit', async () => {
    const rig = new SimulatorRig('empty');
    assert.deepEqual((await rig.rest('GET', 'R/environments')).data, { total_count: 0, environments: [] });
    assert.deepEqual((await rig.rest('GET', 'R/actions/workflows')).data, { total_count: 0, workflows: [] });
    const { data } = await rig.graphql('{ repository(owner: "atelier-nord", name: "nothing-yet") { isEmpty defaultBranchRef { name } } }');
    assert.deepEqual(data.data.repository, { isEmpty: true, defaultBranchRef: null });
  });

  it('say in a sentence what they are', () => {
    for (const { summary: sentence } of Object.values(scenarios)) assert.match(sentence, /^[A-Z].*\.$/);
  });
});
