import type { Page } from 'playwright-core';
import { typeIntoQuickInput } from './quickInput.ts';

/** Runs a command through the palette as a person would, by its exact title there; fails when the palette does not offer it. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await typeIntoQuickInput(page, 'F1', `>${title}`);
  const palette = page.locator('.quick-input-widget');
  const label = palette.locator('.quick-input-list .monaco-list-row .label-name').filter({ hasText: new RegExp(`^${escapePattern(title)}$`) });
  await label.first().click();
  // What opens next would take a mouse that rests there for a wish to see its tooltip.
  await page.mouse.move(800, 600);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
