import assert from 'node:assert/strict';
import { dialog, openBoussole, rows, rowTexts, statusBarItem, view } from '../support/onScreen.ts';
import { writes } from '../support/received.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { callOffDeploys } from '../support/worldTime.ts';

describe('Signing in', () => {
  it('starts from the welcome view and ends with what is live', async () => {
    const { page, sim, screenshot } = await openVsCode({ token: null, prepare: callOffDeploys });
    await openBoussole(page);
    const signIn = view(page, 'Environments').getByRole('button', { name: 'Sign In to GitHub' });
    await signIn.waitFor();
    await screenshot('sign-in-1-welcome');
    assert.equal(sim.simulator.log.filter(({ resource }) => resource !== 'web').length, 0, 'GitHub is not asked before somebody is signed in');

    await signIn.click();
    await dialog(page).getByText('Boussole').waitFor();
    await dialog(page).getByRole('button', { name: 'Allow' }).click();
    await rows(page, 'Environments', 'production').first().waitFor();
    await statusBarItem(page).filter({ hasText: 'production v1.37.0' }).waitFor();
    const [staging, production, ...others] = await rowTexts(page, 'Environments');
    assert.match(staging ?? '', /^staging v1\.39\.0-rc\.1 .*\+\d+ commits/);
    assert.match(production ?? '', /^production v1\.37\.0 .*\+\d+ commits/);
    assert.deepEqual(others, []);
    await rows(page, 'Releases', /v1\.37\.0.*production/).waitFor();
    await rows(page, 'Runs').first().filter({ hasText: 'cancelled' }).waitFor();
    await screenshot('sign-in-2-live');
    assert.deepEqual(writes(sim), []);
  });
});
