import type { Page } from 'playwright-core';

const timeoutMs = 60_000;

/** Waits until the window shows its side bars and its status bar has something to say (extensions may still be activating). */
export async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor({ timeout: timeoutMs });
  await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: timeoutMs });
}
