import assert from 'node:assert/strict';
import { connectSlack } from '../support/connectSlack.ts';
import { eventually } from '../support/eventually.ts';
import { notification, openBoussole, question, rows, statusBarItem } from '../support/onScreen.ts';
import { slackCalls, told, writes } from '../support/received.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { advanceUntil, callOffDeploys, conclusionOf, dispatchedRun, isAtStep } from '../support/worldTime.ts';

describe('A window that is reloaded in the middle of a deploy', () => {
  it('picks the deploy up again and finishes its Slack message', async () => {
    const { page, sim, screenshot, runCommand, reload } = await openVsCode({ prepare: callOffDeploys });
    await openBoussole(page);
    await rows(page, 'Environments', 'staging').first().waitFor();
    await connectSlack(page);
    await runCommand('Boussole: Deploy to Staging');
    await question(page).locator('.monaco-list-row.focused').filter({ hasText: /^develop/ }).waitFor();
    await page.keyboard.press('Enter');
    await question(page).locator('.monaco-list-row.focused').filter({ hasText: 'Deploy develop to staging' }).waitFor();
    await page.keyboard.press('Enter');
    await statusBarItem(page).filter({ hasText: 'staging develop: queued' }).waitFor();
    const run = await dispatchedRun(sim, 'deploy.yml');
    advanceUntil(sim, 'the tests run', () => isAtStep(run, 'Test and build'));
    await statusBarItem(page).filter({ hasText: '· Test and build' }).waitFor();
    await eventually(() => assert.equal(told(sim).length, 1));

    await reload();
    await statusBarItem(page).filter({ hasText: /staging develop .*· Test and build/ }).waitFor();
    await rows(page, 'Environments', /staging.*develop deploying/).first().waitFor();
    await screenshot('reload-1-picked-up');

    advanceUntil(sim, 'the deploy has ended', () => conclusionOf(run) !== null);
    await statusBarItem(page).filter({ hasText: 'staging develop: deployed' }).waitFor();
    await notification(page, 'develop is live in staging.').waitFor();
    await screenshot('reload-2-live');
    await eventually(() => assert.match(told(sim)[0]?.words ?? '', /✅ Deployed develop to staging/));
    assert.equal(slackCalls(sim).filter((call) => call === 'chat.postMessage').length, 1);
    assert.deepEqual(writes(sim), ['POST /actions/workflows/deploy.yml/dispatches']);
  });
});
