import assert from 'node:assert/strict';
import { connectSlack } from '../support/connectSlack.ts';
import { eventually } from '../support/eventually.ts';
import { answer, dialog, notification, openBoussole, rows, statusBarItem } from '../support/onScreen.ts';
import { told, writes } from '../support/received.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { advanceUntil, callOffDeploys, conclusionOf, dispatchedRun, isWaiting } from '../support/worldTime.ts';

describe('Deploy to Production', () => {
  it('names production in a dialog, waits for a teammate’s approval, and goes live', async () => {
    const { page, sim, screenshot, picture, runCommand } = await openVsCode({ prepare: callOffDeploys });
    const production = rows(page, 'Environments', 'production').first();
    await openBoussole(page);
    await production.filter({ hasText: 'v1.37.0' }).waitFor();
    await connectSlack(page);

    await runCommand('Boussole: Deploy to Production');
    await answer(page, /^v1\.38\.0/);
    await dialog(page).getByText('Deploy v1.38.0 to production?').waitFor();
    await screenshot('production-1-dialog');
    assert.match((await dialog(page).textContent()) ?? '', /replaces v1\.37\.0/);
    assert.deepEqual(writes(sim), []);
    await dialog(page).getByRole('button', { name: 'Deploy v1.38.0 to production' }).click();
    await statusBarItem(page).filter({ hasText: /production v1\.38\.0: queued/ }).waitFor();
    const run = await dispatchedRun(sim, 'deploy.yml');
    assert.deepEqual([run.inputs['environment'], run.inputs['version']], ['production', 'v1.38.0']);

    advanceUntil(sim, 'the run waits for a reviewer', () => isWaiting(run));
    await statusBarItem(page).filter({ hasText: 'production v1.38.0: waits for approval' }).waitFor();
    await notification(page, /v1\.38\.0 waits for the approval of .*ana/).waitFor();
    await production.filter({ hasText: 'v1.38.0 waits for approval' }).waitFor();
    await screenshot('production-2-waiting');
    await eventually(() => assert.ok(told(sim).some(({ isReply, words }) => isReply && /needs an approval|waits/i.test(words)), 'the thread asks for an approval'));

    await sim.steer('POST', 'act', { act: 'approve', as: 'ana' });
    advanceUntil(sim, 'the deploy has ended', () => conclusionOf(run) !== null);
    await statusBarItem(page).filter({ hasText: 'production v1.38.0: deployed' }).waitFor();
    await notification(page, 'v1.38.0 is live in production.').waitFor();
    await production.filter({ hasText: /v1\.38\.0.*camille/ }).waitFor();
    await rows(page, 'Releases', /v1\.38\.0.*production/).waitFor();
    await screenshot('production-3-live');
    await eventually(() => assert.match(told(sim).find(({ isReply }) => !isReply)?.words ?? '', /✅ Deployed v1\.38\.0 to production/));
    assert.equal(told(sim).filter(({ isReply }) => !isReply).length, 1);
    const channel = await page.context().newPage();
    await channel.goto(`${sim.url}/slack/deploys`);
    await channel.getByText('Deployed v1.38.0 to production').first().waitFor();
    await screenshot('production-4-slack', channel);
    await picture('slack', channel);
    assert.deepEqual(writes(sim), ['POST /actions/workflows/deploy.yml/dispatches'], 'the approval was Ana’s own');
  });
});
