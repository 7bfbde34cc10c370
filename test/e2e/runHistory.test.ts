import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { answer, expand, openBoussole, openFile, resizeSideBar, rows, rowTexts, scrollToEnd, view } from '../support/onScreen.ts';
import { openVsCode } from '../support/vscodeWindow.ts';

describe('The history of runs', () => {
  it('opens down to the steps, is filtered, and loads more', async () => {
    const { page, sim, screenshot, picture, runCommand } = await openVsCode();
    const asked = () => sim.simulator.log.filter(({ path }) => path.endsWith('/actions/runs')).map(({ query }) => new URLSearchParams(query));
    await openBoussole(page);
    await rows(page, 'Runs').first().filter({ hasText: /in progress.*ana/ }).waitFor();

    await expand(rows(page, 'Environments', 'production').first());
    await rows(page, 'Environments', /^v1\.36\.0/).first().waitFor();
    await resizeSideBar(page, 440);
    await openFile(page, 'deploy.yml');
    await picture('overview');

    await view(page, 'Environments').locator('.pane-header').click();
    await view(page, 'Releases').locator('.pane-header').click();
    await expand(rows(page, 'Runs').first());
    await expand(rows(page, 'Runs', 'Ship').first());
    await rows(page, 'Runs', 'Publish').first().waitFor();
    await screenshot('runs-1-steps');

    await runCommand('Boussole: Filter Runs…');
    await answer(page, 'State');
    await answer(page, 'Failed');
    await view(page, 'Runs').locator('.pane-header').filter({ hasText: /fail/i }).waitFor();
    await rows(page, 'Runs').first().filter({ hasText: 'failed' }).waitFor();
    const failures = (await rowTexts(page, 'Runs')).filter((text) => !text.startsWith('Load More'));
    assert.ok(failures.length >= 5 && failures.every((text) => text.includes('failed')), failures.join('\n'));
    assert.equal(asked().at(-1)?.get('status'), 'failure', 'GitHub filters, not the window');
    await screenshot('runs-2-failed');

    await runCommand('Boussole: Clear Filter');
    await rows(page, 'Runs').first().filter({ hasText: 'ana' }).waitFor();
    await scrollToEnd(page, 'Runs');
    const more = rows(page, 'Runs', 'Load More…');
    const before = /(\d+) of (\d+)/.exec((await more.textContent()) ?? '');
    await screenshot('runs-3-more');
    await more.click();
    await eventually(async () => {
      await scrollToEnd(page, 'Runs');
      assert.match((await rowTexts(page, 'Runs')).at(-1) ?? '', new RegExp(`^Load More… ${2 * Number(before?.[1])} of ${before?.[2]}$`));
    });
    assert.equal(asked().at(-1)?.get('page'), '2');
    await screenshot('runs-4-loaded');
  });
});
