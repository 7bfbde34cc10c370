import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packExtension } from '../support/host/packExtension.ts';
import { openBoussole, rows, statusBarItem, view } from '../support/onScreen.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { openVsCode } from '../support/vscodeWindow.ts';

describe('boussole.vsix', () => {
  it('installs into a clean VS Code and shows the sample team to whoever has no repository', async () => {
    const folder = await temporaryFolder('package');
    const vsix = join(folder.path, 'boussole.vsix');
    await packExtension(vsix);
    const { page, sim, host, screenshot } = await openVsCode({ vsix, workspace: folder.path, token: null });
    const installed = (await readdir(join(host.home, 'extensions'))).filter((name) => name.startsWith('maboussole.'));
    assert.equal(installed.length, 1, 'the package is installed once, and nothing else of ours beside it');

    await openBoussole(page);
    await view(page, 'Environments').getByRole('button', { name: 'Explore the Sample Team' }).click();
    await view(page, 'Environments (Sample)').waitFor();
    for (const environment of ['staging', 'production']) await rows(page, 'Environments', environment).first().waitFor();
    await rows(page, 'Releases', 'v1.38.0').first().waitFor();
    await rows(page, 'Runs').first().waitFor();
    await statusBarItem(page).waitFor();
    await screenshot('package-sample-team');
    assert.deepEqual(sim.simulator.log, [], 'the sample team lives in the window itself');
    folder.dispose();
  });
});
