import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { messyWorkflows } from '../support/messyWorkflows.ts';
import { expand, openBoussole, openFile, resizeSideBar, rows, rowTexts, view } from '../support/onScreen.ts';
import { writes } from '../support/received.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { callOffDeploys } from '../support/worldTime.ts';

/** A repository whose settings let anyone deploy, with a key where everyone can read it and an environment by a slip. */
function careless(simulator: Simulator): void {
  callOffDeploys(simulator);
  const { home } = simulator.world;
  home.secrets.push('DEPLOY_SSH_KEY');
  const production = home.environments.find(({ name }) => name === 'production');
  assert.ok(production);
  production.protection = { ...production.protection, reviewers: [], preventSelfReview: false, policy: 'any' };
  home.environments.push({ ...production, id: 9_901, name: 'stagging', secrets: [], variables: {}, written: new Map(), protection: { ...production.protection } });
}

/** Puts the cursor on a word of the open file, by the editor's own search. */
async function goTo(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+F');
  await page.locator('.find-widget.visible textarea').first().fill(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

/** Chooses among what the light bulb offers at the cursor. */
async function quickFix(page: Page, title: string): Promise<void> {
  const offer = page.locator('.action-widget .monaco-list-row').filter({ hasText: title });
  await eventually(async () => {
    if (!(await offer.first().isVisible())) await page.keyboard.press('ControlOrMeta+.');
    await offer.first().waitFor({ timeout: 2_000 });
  });
  await offer.first().click();
  await offer.first().waitFor({ state: 'hidden' });
}

const editor = (page: Page) => page.locator('.editor-instance');
const squiggles = (page: Page) => page.locator('.editor-instance .squiggly-error, .editor-instance .squiggly-warning');

describe('Check Deployment Setup', () => {
  for (const theme of ['dark', 'light'] as const) {
    it(`shows what is dangerous where it stands, mends it, and lists the settings, in a ${theme} theme`, async () => {
      const { page, sim, workspace, screenshot, picture, runCommand } = await openVsCode({ theme, prepare: careless, width: 1400, height: 900 });
      const folder = join(workspace, '.github/workflows');
      await writeFile(join(folder, 'deploy.yml'), messyWorkflows['deploy.yml'] ?? '');
      await writeFile(join(folder, 'rollback.yml'), messyWorkflows['rollback.yml'] ?? '');
      await openBoussole(page);
      await resizeSideBar(page, 440);
      await rows(page, 'Environments', 'production').first().waitFor();

      await openFile(page, 'deploy.yml');
      await squiggles(page).first().waitFor();
      await editor(page).locator('.codelens-decoration').filter({ hasText: 'Deploy…' }).filter({ hasText: /Last run.*cancelled/ }).first().waitFor();
      await screenshot(`check-${theme}-1-editor`);
      if (theme === 'dark') await picture('check');

      await goTo(page, 'prodution');
      await quickFix(page, 'Change to “production”');
      await editor(page).locator('.view-line').filter({ hasText: /environment:\s*production/ }).first().waitFor();

      await runCommand('Boussole: Check Deployment Setup');
      const list = view(page, 'Setup Check');
      await list.waitFor();
      await rows(page, 'Setup Check', 'Workflow files').filter({ hasText: /\d+ problems in 2 files/ }).waitFor();
      const problems = page.locator('.markers-panel');
await problems.locator('.monaco-list-row').filter({ hasText: 'deploy.yml' }).waitFor();
      // Only the rows in sight are in the page; rollback.yml was never opened.
      await problems.locator('.monaco-list').first().press('End');
      await problems.locator('.monaco-list-row').filter({ hasText: 'The rollback can start without a version' }).waitFor();
      await expand(rows(page, 'Setup Check', /^production/).first());
      await rows(page, 'Setup Check', 'nothing protects it').waitFor();
      await screenshot(`check-${theme}-2-list`);
      const texts = (await rowTexts(page, 'Setup Check')).join('\n');
      assert.match(texts, /Branches that may deploy any branch may/);
      await view(page, 'Setup Check').locator('.monaco-list').press('End');
      await rows(page, 'Setup Check', 'looks like a slip for staging').waitFor();
      await rows(page, 'Setup Check', 'DEPLOY_SSH_KEY is a secret of the whole repository').waitFor();

      await openFile(page, 'rollback.yml');
      await editor(page).locator('.codelens-decoration').filter({ hasText: 'Roll Back…' }).first().waitFor();
      await page.locator('.tab').filter({ hasText: 'deploy.yml' }).first().click();
      await goTo(page, 'rsync -e');
      const before = await problemsTold(page);
      await goTo(page, 'head_commit');
      await quickFix(page, 'Fix everything that needs no decision');
      await editor(page).locator('.view-line').filter({ hasText: 'HEAD_COMMIT_MESSAGE' }).first().waitFor();
      await eventually(async () => assert.ok((await problemsTold(page)) < before));
      await screenshot(`check-${theme}-3-mended`);
      assert.deepEqual(writes(sim), [], 'a check changes nothing');
      await list.hover();
      await list.getByRole('button', { name: 'Close Setup Check' }).click();
      await list.waitFor({ state: 'hidden' });
    });
  }
});

/** How many problems the list says the files have. */
async function problemsTold(page: Page): Promise<number> {
  await view(page, 'Setup Check').locator('.monaco-list').press('Home');
  const words = await rows(page, 'Setup Check', 'Workflow files').first().textContent();
  return Number(/(\d+) problems/.exec(words ?? '')?.[1] ?? 0);
}
