import assert from 'node:assert/strict';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { startCommandRig, type CommandRig } from '../../support/commandRig.ts';
import { resetVscode } from '../../support/fakeVscode.ts';

const tracked = ({ world }: CommandRig): TrackedRun | undefined => world.session.store.state.tracked.find(({ request }) => request);
const dispatches = ({ world }: CommandRig) => world.simulator.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/dispatches'));

describe('deploying by command', () => {
  let rig: CommandRig;

  beforeEach(async () => {
    resetVscode();
    rig = await startCommandRig({ scenario: 'quiet' });
  });
  afterEach(() => rig.dispose());

  it('Deploy to Staging takes two Enters', async () => {
    const shown = await rig.ask('boussole.deployToStaging', undefined, '⏎', '⏎');
    assert.deepEqual(shown.map(({ kind, message }) => `${kind}: ${message}`), ['quickPick: Deploy to staging', `quickPick: ${shown[1]?.message ?? ''}`]);
    assert.match(shown[1]?.message ?? '', /^Deploy \S+ to staging/);
    assert.equal(shown[1]?.choices[0], shown[1]?.message);
    assert.equal(dispatches(rig).length, 1);
    const request = tracked(rig)?.request;
    assert.equal(request?.environment, 'staging');
    assert.equal(request?.kind, 'deploy');
    assert.equal(request?.actor, 'camille');
  });

  it('Escape at any step sends nothing', async () => {
    await rig.ask('boussole.deployToStaging', undefined, undefined);
    await rig.ask('boussole.deployToStaging', undefined, '⏎', undefined);
    await rig.ask('boussole.deploy', undefined, undefined);
    await rig.ask('boussole.deploy', undefined, 'staging', undefined);
    await rig.ask('boussole.deployToProduction', undefined, '⏎', undefined);
    assert.equal(dispatches(rig).length, 0);
    assert.deepEqual(rig.world.session.store.state.tracked, []);
  });

  it('production asks in a modal dialog that names it', async () => {
    const shown = await rig.ask('boussole.deployToProduction', undefined, '⏎', 'Deploy');
    const modal = shown.at(-1);
    assert.equal(modal?.kind, 'warning');
    assert.equal(modal?.modal, true);
    assert.match(modal?.message ?? '', /^Deploy \S+ to production( again)?\?$/);
    assert.match(modal?.detail ?? '', /deploy\.yml on \S+/);
    assert.equal(tracked(rig)?.request?.environment, 'production');
  });

  it('Enter alone ships no pre-release to production and nothing that is live there', async () => {
    rig.dispose();
    rig = await startCommandRig({ scenario: 'team' });
    const { releases, environments } = rig.world.session.store.state;
    assert.ok(releases.some(({ isPrerelease, isDraft }) => isPrerelease && !isDraft));
    await rig.ask('boussole.deployToProduction', undefined, '⏎', 'Deploy');
    const version = tracked(rig)?.request?.version;
    assert.equal(releases.find(({ tag }) => tag === version?.label)?.isPrerelease, false);
    const live = environments.find(({ target }) => target.isProduction)?.live;
    assert.ok(typeof live === 'object' && live.sha !== version?.sha);
  });

  it('Deploy… goes back from the version to the environment', async () => {
    const shown = await rig.ask('boussole.deploy', undefined, 'production', '←', 'staging', '⏎', '⏎');
    assert.deepEqual(shown.map(({ message }) => message).slice(0, 4), ['Deploy', 'Deploy to production', 'Deploy', 'Deploy to staging']);
    assert.equal(tracked(rig)?.request?.environment, 'staging');
  });

  it('a release’s row asks only for the environment', async () => {
    const release = rig.world.session.store.state.releases.find(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease);
    assert.ok(release);
    const shown = await rig.ask('boussole.deployThis', { repositoryKey: rig.key, releaseTag: release.tag }, 'staging', '⏎');
    assert.equal(shown[0]?.message, `Deploy ${release.tag}`);
    assert.equal(tracked(rig)?.request?.version.label, release.tag);
  });

  it('ships any commit that the person types where the workflow takes a version', async () => {
    const sha = rig.world.session.store.state.releases.find(({ sha: one }) => one !== undefined)?.sha ?? '';
    const shown = await rig.ask('boussole.deployToStaging', undefined, 'Another Branch, Tag or Commit', sha.slice(0, 9), '⏎');
    assert.equal(shown[1]?.kind, 'inputBox');
    assert.equal(tracked(rig)?.request?.version.sha, sha);
  });

  it('says that a typed version does not exist, and offers to try again', async () => {
    const shown = await rig.ask('boussole.deployToStaging', undefined, 'Another Branch, Tag or Commit', 'v99.9.9');
    assert.equal(shown.at(-1)?.message, 'There is no branch, tag or commit "v99.9.9" in the repository.');
    assert.deepEqual(shown.at(-1)?.choices, ['Retry']);
    assert.equal(dispatches(rig).length, 0);
  });

  it('shows commits and changes inputs before the same confirmation', async () => {
    const shown = await rig.ask('boussole.deployToStaging', undefined, '⏎', 'Change Inputs', 'Reason', 'shows the new search', 'Done', '⏎');
    assert.deepEqual(shown.map(({ kind }) => kind), ['quickPick', 'quickPick', 'quickPick', 'inputBox', 'quickPick', 'quickPick']);
    assert.equal(tracked(rig)?.request?.reason, 'shows the new search');
  });

  it('a row of a repository that is gone deploys nowhere else', async () => {
    const shown = await rig.ask('boussole.deployThis', { repositoryKey: 'github.com/lumen/other', sha: 'a'.repeat(40) });
    assert.deepEqual(shown.map(({ message }) => message), ['The repository github.com/lumen/other is not open in this window any more.']);
    assert.equal(dispatches(rig).length, 0);
  });

  it('uses the environment set for staging', async () => {
    rig.dispose();
    rig = await startCommandRig({ scenario: 'quiet', settings: { stagingEnvironment: 'Production' } });
    await rig.ask('boussole.deployToStaging', undefined, '⏎', 'Deploy');
    assert.equal(tracked(rig)?.request?.environment, 'production');
  });

  it('says what to do when the environment set for staging does not exist', async () => {
    rig.dispose();
    rig = await startCommandRig({ scenario: 'quiet', settings: { stagingEnvironment: 'qa' } });
    const shown = await rig.ask('boussole.deployToStaging', undefined);
    assert.deepEqual(shown.map(({ message, choices }) => [message, choices]), [['There is no environment "qa" that a workflow of this repository deploys to.', ['Open Settings']]]);
  });

  it('does nothing in a folder that is not trusted', async () => {
    rig.dispose();
    rig = await startCommandRig({ scenario: 'quiet', isTrusted: false });
    for (const id of ['boussole.deploy', 'boussole.deployToStaging', 'boussole.deployToProduction', 'boussole.promote', 'boussole.rollBack', 'boussole.cancelRun', 'boussole.rerun', 'boussole.approve'] as const) {
      const shown = await rig.ask(id, undefined);
      assert.match(shown[0]?.message ?? '', /Restricted Mode/, id);
      assert.deepEqual(shown[0]?.choices, ['Manage Workspace Trust']);
    }
    assert.equal(dispatches(rig).length, 0);
  });

  it('Promote ships to production what staging runs', async () => {
    const state = rig.world.session.store.state;
    const staging = state.environments.find(({ target }) => target.environment === 'staging');
    const live = staging && typeof staging.live === 'object' ? staging.live : undefined;
    assert.ok(live);
    const shown = await rig.ask('boussole.promote', undefined, 'Promote');
    assert.equal(shown.at(-1)?.message, `Promote ${live.label} to production?`);
    assert.equal(tracked(rig)?.request?.version.sha, live.sha);
    assert.equal(tracked(rig)?.request?.kind, 'promote');
  });
});
