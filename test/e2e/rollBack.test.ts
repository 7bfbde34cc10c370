import assert from 'node:assert/strict';
import { connectSlack } from '../support/connectSlack.ts';
import { eventually } from '../support/eventually.ts';
import { answer, chooseFromMenu, dialog, expand, notification, openBoussole, openMenu, question, resizeSideBar, rows, statusBarItem } from '../support/onScreen.ts';
import { told, writes } from '../support/received.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { advanceUntil, conclusionOf, dispatchedRun } from '../support/worldTime.ts';

describe('A deploy that fails', () => {
  it('says where, shows its log, and production rolls back by context menu', async () => {
    const { page, sim, screenshot, picture, runCommand } = await openVsCode({ scenario: 'failing-production' });
    const production = rows(page, 'Environments', 'production').first();
    await openBoussole(page);
    await resizeSideBar(page, 440);
    await production.filter({ hasText: 'v1.37.0' }).waitFor();
    await connectSlack(page);

    await runCommand('Boussole: Deploy to Production');
    await answer(page, /^v1\.38\.0/);
    await dialog(page).getByRole('button', { name: 'Deploy v1.38.0 to production' }).click();
    await statusBarItem(page).filter({ hasText: 'production v1.38.0: queued' }).waitFor();
    const failing = await dispatchedRun(sim, 'deploy.yml');
    advanceUntil(sim, 'the deploy has failed', () => conclusionOf(failing) !== null);
    await statusBarItem(page).filter({ hasText: 'production v1.38.0: failed' }).waitFor();
    const failed = notification(page, 'The deploy of v1.38.0 to production failed.');
    await failed.waitFor();
    await production.filter({ hasText: /v1\.38\.0 failed/ }).waitFor();
    await screenshot('failure-1-failed');
    await eventually(() => assert.match(told(sim)[0]?.words ?? '', /❌ Deploy of v1\.38\.0 to production failed/));
    await eventually(() => assert.match(told(sim).findLast(({ isReply }) => isReply)?.words ?? '', /Users see.*v1\.37\.0/, 'the thread says what users still see'));

    await failed.getByRole('button', { name: 'Open Log' }).click();
    await page.locator('.editor-instance .view-line').filter({ hasText: 'could not create unique index' }).first().waitFor();
    await screenshot('failure-2-log');

    await expand(production);
    const offered = await openMenu(page, rows(page, 'Environments', /^v1\.37\.0\s*live/).first());
    assert.ok(!(await offered.allTextContents()).some((entry) => entry.startsWith('Roll Back')), 'what is live cannot come back');
    await page.keyboard.press('Escape');
    await offered.first().waitFor({ state: 'detached' });
    await openMenu(page, rows(page, 'Environments', /^v1\.36\.0/).first());
    await screenshot('failure-3-menu');
    await picture('roll-back');
    await chooseFromMenu(page, 'Roll Back to This Version…');
    await question(page).getByText('Roll Back production from v1.37.0 to v1.36.0: Why?').waitFor();
    await page.keyboard.type('Contacts cannot be saved');
    await page.keyboard.press('Enter');
    await dialog(page).getByText('Roll back production to v1.36.0?').waitFor();
    await screenshot('failure-4-dialog');
    await picture('roll-back-confirm');
    await dialog(page).getByRole('button', { name: 'Roll Back production to v1.36.0' }).click();
    await statusBarItem(page).filter({ hasText: 'production ↩ v1.36.0: queued' }).waitFor();

    const rollback = await dispatchedRun(sim, 'rollback.yml');
    const { environment, version, reason } = rollback.inputs;
    assert.deepEqual([rollback.workflow.path, environment, version, reason], ['.github/workflows/rollback.yml', 'production', 'v1.36.0', 'Contacts cannot be saved']);
    advanceUntil(sim, 'the rollback has ended', () => conclusionOf(rollback) !== null);
    await notification(page, 'production is back on v1.36.0.').waitFor();
    await statusBarItem(page).filter({ hasText: 'production v1.36.0: rolled back' }).waitFor();
    await production.filter({ hasText: /^production.*v1\.36\.0/ }).waitFor();
    assert.doesNotMatch((await production.textContent()) ?? '', /disagree/, 'that GitHub records the commit of the run is no conflict');
    await screenshot('failure-5-rolled-back');
    await eventually(() => assert.match(told(sim).findLast(({ isReply }) => !isReply)?.words ?? '', /✅ Rolled production back to v1\.36\.0[\s\S]*Contacts cannot be saved/));

    await production.filter({ hasText: 'held by camille' }).waitFor();
    await runCommand('Boussole: Deploy to Production');
    const refused = notification(page, 'camille holds deploys to production: “Contacts cannot be saved”.');
    await refused.waitFor();
    await screenshot('failure-6-held');
    await refused.getByRole('button', { name: 'Lift Hold…' }).click();
    await question(page).getByText('Lift the Hold on production: Why?').waitFor();
    await page.keyboard.type('The index is repaired');
    await page.keyboard.press('Enter');
    await dialog(page).getByText('Lift the hold on production?').waitFor();
    await screenshot('failure-7-lift');
    await dialog(page).getByRole('button', { name: 'Lift Hold' }).click();
    const lift = await dispatchedRun(sim, 'hold.yml');
    const { environment: released, action, reason: because } = lift.inputs;
    assert.deepEqual([released, action, because], ['production', 'release', 'The index is repaired']);
    advanceUntil(sim, 'the hold is lifted', () => conclusionOf(lift) !== null);
    await production.filter({ hasNotText: 'held by' }).waitFor();
    await screenshot('failure-8-lifted');
    assert.deepEqual(writes(sim), ['deploy', 'rollback', 'hold'].map((name) => `POST /actions/workflows/${name}.yml/dispatches`));
  });
});
