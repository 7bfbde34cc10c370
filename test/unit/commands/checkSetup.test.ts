import assert from 'node:assert/strict';
import { gitHubDotCom } from '../../../src/core/gitHubHost.ts';
import { commandState } from '../../support/fakeVscode/commands.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { startCommandRig } from '../../support/commandRig.ts';
import { english } from '../../support/screen.ts';

const executed = () => commandState.executed.map(({ id }) => id);

describe('Check Deployment Setup', () => {
  afterEach(resetVscode);

  it('lists the settings and opens the problems of the files', async () => {
    const rig = await startCommandRig({ checkedFiles: { problems: 2, files: 1, looked: 3 } });
    await rig.ask('boussole.checkSetup', undefined);
    const [checked] = rig.deeds.checked;
    assert.equal(checked?.repository?.name, rig.world.session.repository.name);
    assert.ok(checked?.sections.some(({ id }) => id === 'environment:production'));
    assert.ok(executed().includes('workbench.actions.view.problems'));
    assert.equal(executed().at(-1), 'boussole.checks.focus');
    rig.dispose();
  });

  it('checks the files of who is not signed in, and says what is not known', async () => {
        const rig = await startCommandRig({ state: { kind: 'signedOut', host: gitHubDotCom, reason: undefined }, checkedFiles: { problems: 0, files: 0, looked: 1 } });
    await rig.ask('boussole.checkSetup', undefined);
    const [point] = rig.deeds.checked[0]?.sections[0]?.items ?? [];
    assert.deepEqual([point?.state, point && english(point.detail), point?.action?.command], ['unknown', 'You are not signed in to github.com.', 'boussole.signIn']);
    assert.ok(!executed().includes('workbench.actions.view.problems'));
    rig.dispose();
  });

  it('puts its list away when asked', async () => {
    const rig = await startCommandRig();
    await rig.ask('boussole.checkSetup', undefined);
    assert.equal(rig.deeds.checked.length, 1);
    await rig.ask('boussole.closeCheck', undefined);
    assert.deepEqual(rig.deeds.checked, []);
    rig.dispose();
  });

  it('offers to sign in where there is nothing else to check', async () => {
    const rig = await startCommandRig({ state: { kind: 'signedOut', host: gitHubDotCom, reason: undefined } });
    const shown = await rig.ask('boussole.checkSetup', undefined, undefined);
    assert.match(shown[0]?.message ?? '', /You are not signed in/);
    assert.deepEqual(rig.deeds.checked, []);
    rig.dispose();
  });
});
