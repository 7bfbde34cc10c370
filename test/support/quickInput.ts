import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/**
 * Opens VS Code's quick input by its keys and types into it. A window that is still settling may miss a key, or close the input
 * again as the focus moves; a person would then press again, and so does this.
 */
export async function typeIntoQuickInput(page: Page, keys: string, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible').locator('input[type="text"]');
  await eventually(async () => {
    if (!(await input.isVisible())) await page.keyboard.press(keys);
    await input.fill(text, { timeout: 3_000 });
  });
}
