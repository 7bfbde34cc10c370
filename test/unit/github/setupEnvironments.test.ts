import assert from 'node:assert/strict';
import type { EnvironmentSettings, Reviewer } from '../../../src/core/gitHubSetup.ts';
import { refusalOf } from '../../support/gitHubRig.ts';
import { gitHubSetupRig, type GitHubSetupRig } from '../../support/gitHubSetupRig.ts';

const rules = ({ reviewers, preventSelfReview, waitMinutes, branchPolicy }: EnvironmentSettings): unknown =>
  ({ reviewers: reviewers.map(({ name }) => name), preventSelfReview, waitMinutes, branchPolicy });

async function reviewer(rig: GitHubSetupRig, name: string): Promise<Reviewer> {
  const found = (await rig.setup.reviewerCandidates(rig.repository)).find((one) => one.name === name);
  return found ?? assert.fail(`${name} cannot review`);
}

describe('the environments of a repository, for Set Up', () => {
  it('are read with reviewers, rules and the patterns of their branches', async () => {
    const { setup, repository } = gitHubSetupRig();
    const all = await setup.environments(repository);
    assert.deepEqual(all.map(({ name }) => name), ['staging', 'production', 'notifications']);
    const production = all.find(({ name }) => name === 'production');
    assert.deepEqual(production, await setup.environmentSettings(repository, 'Production'));
    assert.ok(production);
    assert.deepEqual(rules(production), {
      reviewers: ['ana', 'release-captains'],
      preventSelfReview: true,
      waitMinutes: 0,
      branchPolicy: { kind: 'custom', patterns: [{ name: 'main', type: 'branch' }, { name: 'v*', type: 'tag' }] },
    });
    assert.equal(await setup.environmentSettings(repository, 'prodution'), undefined);
  });

  it('name those who could review: people with a part in the repository, and teams', async () => {
    const { setup, repository } = gitHubSetupRig();
    const candidates = await setup.reviewerCandidates(repository);
    assert.deepEqual(candidates.map(({ type, name }) => `${type} ${name}`), ['user camille', 'user ana', 'user jonas', 'user mei', 'team release-captains']);
  });

  it('are created with branches and reviewers, in one write and one for each pattern', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write } = rig;
    const [mei, captains] = [await reviewer(rig, 'mei'), await reviewer(rig, 'release-captains')];
    rig.requests();
    const outcome = await write(setup.createEnvironment(repository, 'preview', { branches: ['develop', 'feature/*'], reviewers: [mei, captains], preventSelfReview: true }));
    assert.deepEqual([outcome.wasCreated, outcome.refused], [true, []]);
    assert.deepEqual(rules(outcome.settings), {
      reviewers: ['mei', 'release-captains'],
      preventSelfReview: true,
      waitMinutes: 0,
      branchPolicy: { kind: 'custom', patterns: [{ name: 'develop', type: 'branch' }, { name: 'feature/*', type: 'branch' }] },
    });
    assert.deepEqual(rig.requests().filter((line) => !line.startsWith('GET')), [
      'PUT /environments/preview 200',
      'POST /environments/preview/deployment-branch-policies 200',
      'POST /environments/preview/deployment-branch-policies 200',
    ]);
  });

  it('lose nothing that they have when something is added', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write, simulator } = rig;
    const production = simulator.world.home.environments.find(({ name }) => name === 'production');
    assert.ok(production);
    production.protection = { ...production.protection, waitMinutes: 10 };
    const { settings, wasCreated } = await write(setup.createEnvironment(repository, 'PRODUCTION', { branches: ['main', 'hotfix'], reviewers: [await reviewer(rig, 'mei')] }));
    assert.equal(wasCreated, false);
    assert.deepEqual(rules(settings), {
      reviewers: ['ana', 'release-captains', 'mei'],
      preventSelfReview: true,
      waitMinutes: 10,
      branchPolicy: { kind: 'custom', patterns: [{ name: 'main', type: 'branch' }, { name: 'hotfix', type: 'branch' }, { name: 'v*', type: 'tag' }] },
    });
  });

  it('are not written to when they are as wished already', async () => {
    const rig = gitHubSetupRig();
    await rig.write(rig.setup.createEnvironment(rig.repository, 'production', { branches: ['main'], reviewers: [await reviewer(rig, 'ana')], preventSelfReview: true }));
    assert.deepEqual(rig.requests().filter((line) => !line.startsWith('GET')), []);
  });

  it('keep to protected branches where they do, and say that the wish was not granted', async () => {
    const { setup, repository, write, simulator } = gitHubSetupRig();
    const staging = simulator.world.home.environments.find(({ name }) => name === 'staging');
    assert.ok(staging);
    staging.protection = { ...staging.protection, policy: 'protected' };
    const { settings, refused } = await write(setup.createEnvironment(repository, 'staging', { branches: ['develop'] }));
    assert.deepEqual([settings.branchPolicy, refused.map(({ what }) => what)], [{ kind: 'protected' }, ['branches']]);
    assert.equal(await setup.hasProtectedBranches(repository), true);
    simulator.world.home.requiredChecks.clear();
    assert.equal(await setup.hasProtectedBranches(repository), false);
  });

  it('are created without reviewers where the plan has none, and say so in GitHub’s words', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write, simulator } = rig;
    simulator.world.home.plan = 'team';
    const { settings, refused } = await write(setup.createEnvironment(repository, 'preview', { branches: ['develop'], reviewers: [await reviewer(rig, 'ana')], preventSelfReview: true }));
    assert.deepEqual(rules(settings), {
      reviewers: [], preventSelfReview: false, waitMinutes: 0, branchPolicy: { kind: 'custom', patterns: [{ name: 'develop', type: 'branch' }] },
    });
    assert.equal(refused.length, 1);
    assert.equal(refused[0]?.what, 'reviewers');
    assert.match(String(refused[0]?.why.values['reason']), /billing plan supports the required reviewers/);
  });

  it('ask nothing of such a plan when nobody is to review', async () => {
    const { setup, repository, write, simulator } = gitHubSetupRig();
    simulator.world.home.plan = 'team';
    const { settings, refused } = await write(setup.createEnvironment(repository, 'preview', { branches: ['develop'] }));
    assert.deepEqual([settings.branchPolicy.kind, refused], ['custom', []]);
  });

  it('are created open to all where the plan has neither rule', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write, simulator } = rig;
    simulator.world.home.plan = 'free';
    const { settings, refused } = await write(setup.createEnvironment(repository, 'preview', { branches: ['develop'], reviewers: [await reviewer(rig, 'ana')] }));
    assert.deepEqual([settings.reviewers, settings.branchPolicy], [[], { kind: 'any' }]);
    assert.deepEqual(refused.map(({ what }) => what), ['reviewers', 'branches']);
  });

  it('are an admin’s to change', async () => {
    const { setup, repository, write, simulator } = gitHubSetupRig({ token: 'sim-token' });
    const error = await refusalOf(write(setup.createEnvironment(repository, 'preview', { branches: [] })));
    assert.deepEqual([error.kind, error.values['reason']], ['forbidden', 'Must have admin rights to Repository.']);
    assert.ok(!simulator.world.home.environments.some(({ name }) => name === 'preview'));
  });

  it('name the permission that a fine-grained token lacks', async () => {
    const { setup, repository, write, simulator } = gitHubSetupRig({ token: 'fine' });
    simulator.world.tokens.set('fine', { login: 'ana', kind: 'fineGrained', scopes: [] });
    const error = await refusalOf(write(setup.createEnvironment(repository, 'preview', { branches: [] })));
    assert.deepEqual([error.kind, error.values['needed']], ['forbidden', 'administration=write']);
    const secrets = await refusalOf(setup.secrets(repository, { environment: 'production' }));
    assert.deepEqual([secrets.kind, secrets.values['needed']], ['forbidden', 'environments=read']);
  });

  it('say that nobody knows what came of a write whose answer was lost', async () => {
    const { setup, repository, write, simulator } = gitHubSetupRig();
    simulator.inject({ kind: 'droppedAfterEffect', times: 1, match: { method: 'PUT' } });
    assert.equal((await refusalOf(write(setup.createEnvironment(repository, 'preview', { branches: [] })))).kind, 'unknownOutcome');
    assert.equal((await setup.environmentSettings(repository, 'preview'))?.name, 'preview');
  });
});
