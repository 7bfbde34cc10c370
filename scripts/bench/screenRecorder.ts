import type { Page } from 'playwright-core';

/** What happened on screen after a click in the activity bar. Instants are of this machine's clock. */
export interface Opening {
  readonly clickedAt: number;
  /** The first frame after the last change of what the side bar says; that times grow older is no change. */
  readonly finalAt: number;
  /** All that the side bar said in the end: a line for each row, its view before it. */
  readonly text: readonly string[];
}

/** Shorter than what it takes for a view's elapsed times to move. */
const silenceMs = 3_000;
const longestMs = 60_000;

/** Runs in the page; in words, because the project is compiled without the browser's types. */
const record = `(() => {
  const said = () => Array.from(document.querySelectorAll('.sidebar .pane'), (pane) => {
    const title = pane.querySelector('.pane-header h3')?.textContent ?? '';
    const rows = Array.from(pane.querySelectorAll('.monaco-list-row'))
      .sort((one, other) => one.dataset.index - other.dataset.index)
      .map((row) => title + ': ' + Array.from(row.querySelectorAll('.label-name, .label-description'), (each) => each.textContent).join(' '));
    const message = pane.querySelector('.message')?.textContent ?? '';
    return [title + ' ' + message, ...rows];
  }).flat();
  const ageless = (lines) => lines.join('\\n').replace(/\\d+[smhd]\\b/g, '#');
  const opening = { clickedAt: undefined, finalAt: undefined, text: [] };
  globalThis.boussoleOpening = opening;
  addEventListener('mousedown', () => { opening.clickedAt ??= Date.now(); }, { capture: true });
  let isDue = false;
  const look = () => {
    isDue = false;
    const text = said();
    if (ageless(text) === ageless(opening.text)) return;
    opening.text = text;
    opening.finalAt = Date.now();
  };
  new MutationObserver(() => {
    if (isDue || opening.clickedAt === undefined) return;
    isDue = true;
    requestAnimationFrame(look);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})()`;

/** Opens a container of the activity bar and watches its views until they are complete and nothing in them changes any more. */
export async function openAndWatch(page: Page, title: string, isComplete: (text: readonly string[]) => boolean): Promise<Opening> {
  await page.evaluate(record);
  const began = Date.now();
  await page.locator('.activitybar').getByRole('tab', { name: title, exact: true }).click();
  for (;;) {
    await page.waitForTimeout(silenceMs / 6);
    const opening = (await page.evaluate('globalThis.boussoleOpening')) as Partial<Opening>;
    const { clickedAt, finalAt, text = [] } = opening;
    if (clickedAt !== undefined && finalAt !== undefined && isComplete(text) && Date.now() - finalAt > silenceMs) return { clickedAt, finalAt, text };
    if (Date.now() - began > longestMs) throw new Error(`The views of ${title} did not come to rest:\n${text.join('\n')}`);
  }
}

/** Each of our views has rows, and no environment's row still lacks what is live in it. */
export function isWhole(text: readonly string[]): boolean {
  const hasRows = ['Environments', 'Releases', 'Runs'].every((view) => text.some((line) => line.startsWith(`${view}: `)));
  return hasRows && !text.some((line) => line.startsWith('Environments: ') && line.includes('unknown'));
}

/** The empty extension's views are there. */
export function isShown(text: readonly string[]): boolean {
  return text.length >= 3;
}
