import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { answer, dialog, notification, openBoussole, question, resizeSideBar, rows, view } from '../support/onScreen.ts';
import { writes } from '../support/received.ts';
import type { RunningSimulator } from '../support/simulatedGitHub.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { advanceUntil, conclusionOf, dispatchedRun, isWaiting } from '../support/worldTime.ts';

const branch = 'boussole/set-up-deployment';
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl root@www';

describe('Setting up a deployment', () => {
  it('leads from a repository without a pipeline to a finished dry run', async () => {
    const { page, sim, screenshot, picture, reload, runCommand } = await openVsCode({ scenario: 'bare' });
    const { home } = sim.simulator.world;
    await openBoussole(page);
    await resizeSideBar(page, 440);
    const offer = view(page, 'Environments').getByRole('button', { name: 'Set Up Deployment…' });
    await offer.waitFor();
    await screenshot('set-up-1-welcome');
    await offer.click();

    await question(page).getByText('Where do pushes go?').or(question(page).locator('.quick-input-title').filter({ hasText: 'Environments' })).first().waitFor();
    await screenshot('set-up-2-environments');
    await answer(page, 'main → production');
    await answer(page, /^npm/);
    await type(page, 'Server of production', 'root@www.example.com:/srv/crm');
    await question(page).getByText('Deploy as a user of its own, never as root.').waitFor();
    await screenshot('set-up-3-refused');
    await type(page, 'Server of production', 'deploy@www.example.com:/srv/crm');
    await type(page, 'Health of production', 'https://www.example.com/version');
    await type(page, 'Server of staging', undefined);
    await type(page, 'Health of staging', undefined);
    await type(page, 'Reviewers of production', 'camille');
    await answer(page, /^No Slack/);

    await notification(page, 'Read them, then commit them').waitFor();
    await page.locator('.multiDiffEntry').first().waitFor();
    await screenshot('set-up-4-changes');
    assert.deepEqual(writes(sim), [], 'nothing is written before the yes');
    await notification(page, 'Read them').getByRole('button', { name: 'Commit…' }).click();
    await dialog(page).getByText(`Commit to ${branch} in atelier-nord/crm`).waitFor();
    await screenshot('set-up-5-yes');
    await dialog(page).getByRole('button', { name: /^Commit \d+ Files/ }).click();
    await notification(page, 'A pull request brings it to main').waitFor();
    assert.ok(home.commits.get(home.branches.get(branch) ?? '')?.files.has('.github/workflows/deploy.yml'));
    await atTheEnd(page, 'Workflows on main', 'open a pull request');
    await page.keyboard.press('Escape');

    await mergeAsAna(sim);
    await check(page);
    await atTheEnd(page, 'Workflows on main', 'merged');

    await rows(page, 'Environments', 'production').first().waitFor();
    await fold(page, ['Environments', 'Releases', 'Runs']);
    await screenshot('set-up-6-merged');
    for (const name of ['production', 'staging']) {
      await act(page, name, 'Environment on GitHub', 'does not exist');
      await dialog(page).getByRole('button', { name: 'Create' }).click();
      await act(page, name, 'Secret DEPLOY_SSH_KEY', 'not there yet');
      await notification(page, `The key of ${name} is stored in GitHub`).waitFor();
      if (name === 'production') await screenshot('set-up-7-key');
      await act(page, name, 'Variable DEPLOY_KNOWN_HOSTS', 'not there yet');
      await type(page, 'Host Key of www.example.com', hostKey);
      await act(page, name, 'Variables for the server', 'missing');
      await eventually(async () => assert.match((await item(page, name, 'Variables for the server').textContent()) ?? '', /set$/));
      if (name === 'production') await picture('set-up');
    }
    await act(page, 'Notifications', 'Environment on GitHub', 'does not exist');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await rows(page, 'Setup', 'Notifications').filter({ hasText: '1 of 1' }).waitFor();
    await act(page, 'production', /^Server/, 'script to run');
    await page.locator('.editor-instance .view-line').filter({ hasText: 'Prepares this server' }).first().waitFor();
    await screenshot('set-up-8-script');

    await fold(page, ['Runs']);
    await reload();
    await atTheEnd(page, 'Pipeline', '1 of 1');
    await fold(page, ['Runs']);
    for (const name of ['production', 'staging']) {
      await act(page, name, 'First dry run', 'not started yet');
      await notification(page, `The dry run of ${name} was started`).waitFor();
      const run = await dispatchedRun(sim, 'deploy.yml');
      assert.deepEqual([run.inputs['environment'], run.inputs['dry_run']], [name, 'true']);
      if (name === 'production') {
        await item(page, name, 'First dry run').filter({ hasText: /under way|started$/ }).waitFor();
        await screenshot('set-up-9-dry-run');
      }
      if (name === 'production') {
        advanceUntil(sim, 'the dry run waits', () => isWaiting(run));
        await item(page, name, 'First dry run').filter({ hasText: 'waits for approval' }).waitFor();
        await runCommand('Boussole: Approve or Reject Deployment…');
        await question(page).waitFor();
        await screenshot('set-up-9-approve');
        await answer(page, /^Approve/);
        await question(page).getByText('A comment (optional)').waitFor();
        await page.keyboard.press('Enter');
        await question(page).waitFor({ state: 'hidden' });
        // The world stands still until the approval has arrived: the box closes before it is sent.
        await eventually(() => assert.ok(writes(sim).some((one) => one.endsWith('/pending_deployments'))));
      }
      advanceUntil(sim, 'the dry run has ended', () => conclusionOf(run) !== null);
      await notification(page, `The dry run of ${name} succeeded`).waitFor();
    }
    await view(page, 'Setup').getByText('All is set up. The next push deploys.').waitFor();
    await rows(page, 'Setup', 'staging').filter({ hasText: '8 of 8' }).waitFor();
    await screenshot('set-up-10-done');
    assert.deepEqual(home.deployments, [], 'nothing was deployed');
  });
});

/** What a teammate does on GitHub. */
async function mergeAsAna(sim: RunningSimulator): Promise<void> {
  const send = async (method: string, path: string, body: object): Promise<{ readonly number: number }> => {
    const headers = { authorization: 'token sim-token-ana', 'content-type': 'application/json' };
    const reply = await fetch(`${sim.url}/api/v3/repos/atelier-nord/crm/${path}`, { method, headers, body: JSON.stringify(body) });
    assert.ok(reply.ok, `${method} ${path}: ${reply.status}`);
    return (await reply.json()) as { number: number };
  };
  const { number } = await send('POST', 'pulls', { title: 'Deploy with GitHub Actions', head: branch, base: 'main' });
  await send('PUT', `pulls/${number}/merge`, {});
}

/** Answers a text box with this title; `undefined` takes what is proposed. */
async function type(page: Page, title: string, words: string | undefined): Promise<void> {
  await question(page).locator('.quick-input-title').filter({ hasText: title }).waitFor();
  if (words !== undefined) await question(page).locator('input[type="text"]').fill(words);
  await page.keyboard.press('Enter');
}

async function check(page: Page): Promise<void> {
  await view(page, 'Setup').hover();
  await view(page, 'Setup').getByRole('button', { name: 'Check Again' }).click();
}

/** A point of the checklist below its section; the sections stand in the order of the answers. */
function item(page: Page, section: string, words: string | RegExp): Locator {
  return rows(page, 'Setup', words).nth(['production', 'staging', 'Notifications'].indexOf(section));
}

/** Waits for what stands at the checklist's end, below the environments, then goes back up: only the rows in sight are in the page. */
async function atTheEnd(page: Page, words: string, state: string): Promise<void> {
  const list = view(page, 'Setup').locator('.monaco-list').first();
  await eventually(async () => {
    await list.press('End');
    await rows(page, 'Setup', words).filter({ hasText: state }).first().waitFor({ timeout: 2_000 });
  });
  await list.press('Home');
}

/** Folds views away, or open again. */
async function fold(page: Page, titles: readonly string[]): Promise<void> {
  for (const title of titles) await view(page, title).locator('.pane-header').filter({ hasText: title }).click();
}

/** Presses a point once it stands as `state` says. */
async function act(page: Page, section: string, words: string | RegExp, state: string | RegExp): Promise<void> {
  await item(page, section, words).filter({ hasText: state }).click();
}
