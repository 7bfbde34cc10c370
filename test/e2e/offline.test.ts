import assert from 'node:assert/strict';
import { openBoussole, question, rows, statusBarItem, view } from '../support/onScreen.ts';
import { writes } from '../support/received.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { advanceUntil, callOffDeploys, conclusionOf, dispatchedRun } from '../support/worldTime.ts';

describe('A connection that is lost', () => {
  it('is said once, loses nothing, and what happened meanwhile is seen when it is back', async () => {
    const { page, sim, screenshot, runCommand } = await openVsCode({ prepare: callOffDeploys });
    const staging = rows(page, 'Environments', 'staging').first();
    await openBoussole(page);
    await staging.waitFor();
    await runCommand('Boussole: Deploy to Staging');
    await question(page).locator('.monaco-list-row.focused').filter({ hasText: /^develop/ }).waitFor();
    await page.keyboard.press('Enter');
    await question(page).locator('.monaco-list-row.focused').filter({ hasText: 'Deploy develop to staging' }).waitFor();
    await page.keyboard.press('Enter');
    await statusBarItem(page).filter({ hasText: 'staging develop: queued' }).waitFor();
    const run = await dispatchedRun(sim, 'deploy.yml');

    await sim.disconnect();
    await view(page, 'Environments').getByText(/offline|could not be reached|cannot be reached/i).first().waitFor();
    await staging.filter({ hasText: 'develop' }).waitFor();
    await rows(page, 'Environments', 'production').filter({ hasText: 'v1.37.0' }).first().waitFor();
    await screenshot('offline-1-lost');

    advanceUntil(sim, 'the deploy has ended', () => conclusionOf(run) !== null);
    await sim.reconnect();
    await statusBarItem(page).filter({ hasText: 'staging develop: deployed' }).waitFor();
    await staging.filter({ hasText: /up to date/ }).waitFor();
    await view(page, 'Environments').getByText(/offline|could not be reached|cannot be reached/i).first().waitFor({ state: 'detached' });
    await screenshot('offline-2-back');
    assert.deepEqual(writes(sim), ['POST /actions/workflows/deploy.yml/dispatches'], 'nothing is sent again');
  });
});
