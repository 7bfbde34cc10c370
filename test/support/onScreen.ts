import type { Locator, Page } from 'playwright-core';
import { typeIntoQuickInput } from './quickInput.ts';

/** What is read of an element inside the page; the project itself is compiled without the browser's types. */
interface Labelled {
  readonly textContent: string;
}

/** Opens Boussole from the activity bar, if it is not open. */
export async function openBoussole(page: Page): Promise<void> {
  const tab = page.locator('.activitybar').getByRole('tab', { name: 'Boussole' });
  if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
  await page.locator('.sidebar .composite.title').filter({ hasText: 'Boussole' }).waitFor();
}

/** Drags the side bar's edge until it is about `width` pixels wide, or as narrow as it gets. */
export async function resizeSideBar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no side bar.');
  await page.mouse.move(box.x + box.width, 700);
  await page.mouse.down();
  await page.mouse.move(box.x + width, 700, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(800, 600);
}

/** One of the views in the side bar, by the words of its header. */
export function view(page: Page, title: string): Locator {
  return page.locator('.sidebar .pane').filter({ has: page.locator('.pane-header').filter({ hasText: title }) });
}

/** The rows of a view that hold the given words, top first. Rows scrolled out of sight are not in the page. */
export function rows(page: Page, title: string, words?: string | RegExp): Locator {
  const all = view(page, title).locator('.monaco-list-row');
  return words === undefined ? all : all.filter({ hasText: words });
}

/** What the rows in sight say, top first: each its label and description, joined by a blank. */
export async function rowTexts(page: Page, title: string): Promise<string[]> {
  const texts = await rows(page, title).evaluateAll((elements) =>
    elements.map((element) => ({
      index: Number(element.getAttribute('data-index')),
      words: Array.from(element.querySelectorAll('.label-name, .label-description') as Iterable<Labelled>, (each) => each.textContent),
    })),
  );
  return texts.sort((one, other) => one.index - other.index).map(({ words }) => words.join(' ').trim());
}

/** Opens a row's children, if they are not shown. */
export async function expand(row: Locator): Promise<void> {
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
}

/** Opens a row's context menu and answers its entries, dividing lines left out. */
export async function openMenu(page: Page, row: Locator): Promise<Locator> {
  await row.click({ button: 'right' });
  const entries = page.locator('.monaco-menu .action-item').filter({ has: page.locator('.action-label:not(.separator)') });
  await entries.first().waitFor();
  return entries;
}

/** Chooses an entry of the menu that is open; by key, for VS Code ignores the mouse while a menu is new. */
export async function chooseFromMenu(page: Page, entry: string | RegExp): Promise<void> {
  await page.locator('.monaco-menu .action-item').filter({ hasText: entry }).first().hover();
  await page.keyboard.press('Enter');
}

/** The box at the top that asks for a choice or a text. */
export function question(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Takes an answer offered by the box at the top. */
export async function answer(page: Page, words: string | RegExp): Promise<void> {
  await question(page).locator('.quick-input-list .monaco-list-row').filter({ hasText: words }).first().click();
}

/** A dialog in the middle of the window that must be answered. */
export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

/** Notifications that hold the given words. */
export function notification(page: Page, words: string | RegExp): Locator {
  return page.locator('.notification-list-item').filter({ hasText: words });
}

/** Boussole's item in the status bar. */
export function statusBarItem(page: Page): Locator {
  return page.locator('.statusbar-item[id="maboussole.boussole.boussole.status"]');
}

/** Scrolls a view to its last row. */
export async function scrollToEnd(page: Page, title: string): Promise<void> {
  await view(page, title).locator('.monaco-list').press('End');
}

/** Opens a file of the folder by its name, as quick open does, and waits for its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  await typeIntoQuickInput(page, 'ControlOrMeta+P', name);
  await question(page).locator('.monaco-list-row.focused').filter({ hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.editor-instance .view-line').first().waitFor();
}
