import type { Page } from 'playwright-core';

/** Runs a command through the palette as a person would, by its exact title there; fails when the palette does not offer it. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const palette = page.locator('.quick-input-widget');
  await palette.locator('input[type="text"]').fill(`>${title}`);
  const label = palette.locator('.quick-input-list .monaco-list-row .label-name').filter({ hasText: new RegExp(`^${escapePattern(title)}$`) });
  await label.first().click();
  // What opens next would take a mouse that rests there for a wish to see its tooltip.
  await page.mouse.move(800, 600);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
