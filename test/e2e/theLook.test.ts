import assert from 'node:assert/strict';
import { expand, openBoussole, openFile, resizeSideBar, rows, statusBarItem, view } from '../support/onScreen.ts';
import { openVsCode } from '../support/vscodeWindow.ts';

/** What is measured of an element inside the page; the project itself is compiled without the browser's types. */
interface Measured {
  readonly textContent: string;
  getBoundingClientRect(): { readonly right: number };
  querySelector(selector: string): Measured | null;
}

describe('The look', () => {
  it('is as readable in a light theme, and in a side bar as narrow as it gets', async () => {
    const { page, screenshot, picture } = await openVsCode({ theme: 'light' });
    await page.locator('.monaco-workbench.vs').waitFor();
    await openBoussole(page);
    await resizeSideBar(page, 440);
    await expand(rows(page, 'Environments', 'production').first());
    await rows(page, 'Environments', /^v1\.36\.0/).first().waitFor();
    await statusBarItem(page).filter({ hasText: 'ana is deploying' }).waitFor();
    await openFile(page, 'deploy.yml');
    await screenshot('look-1-light');
    await picture('light');

    await resizeSideBar(page, 120);
    await page.waitForFunction("document.querySelector('.part.sidebar').clientWidth < 200");
    await screenshot('look-2-narrow');
    // The selected row gives up room for its buttons.
    const names = await view(page, 'Environments').locator('.monaco-list-row:not(.selected)').evaluateAll((elements: Iterable<Measured>) =>
      Array.from(elements, (row) => {
        const name = row.querySelector('.label-name');
        const room = row.querySelector('.monaco-icon-label-container')?.getBoundingClientRect().right ?? 0;
        return { name: name?.textContent ?? '', isWhole: (name?.getBoundingClientRect().right ?? Infinity) <= room };
      }),
    );
    assert.ok(names.length >= 5 && names.every(({ isWhole }) => isWhole), JSON.stringify(names));
  });
});
