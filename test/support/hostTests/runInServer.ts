import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../browser/browser.ts';
import { startHost } from '../host/hostServer.ts';
import { openPage } from '../host/openPage.ts';
import { windowUrl } from '../host/windowUrl.ts';
import { projectRoot } from '../projectRoot.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { UndoList } from '../undoList.ts';
import { bundleHostTests } from './bundle.ts';
import type { Counts } from './counts.ts';
import { hostTestEnvironment } from './environment.ts';
import { followReport } from './followReport.ts';
import { hostTestWorld } from './hostTestWorld.ts';

/**
 * Runs the host tests in the extension host of a VS Code server with a headless browser as its window, printing Mocha's report
 * as it grows. A run that ends without counts (a test file that does not load, a host that dies) is an error with the logs.
 */
export async function runHostTestsInServer(args: readonly string[]): Promise<Counts> {
  const undo = new UndoList();
  try {
    const tests = await bundleHostTests();
    undo.add(() => rm(tests, { force: true }));
    const folder = await temporaryFolder('host-tests');
    undo.add(() => folder.dispose());
    const report = join(folder.path, 'report.txt');
    const world = await hostTestWorld();
    undo.add(() => world.dispose());
    const host = await startHost({ runsTests: true, settings: world.settings, env: { ...world.env, ...hostTestEnvironment(report, args) } });
    undo.add(() => host.dispose());
    const browser = await launchBrowser();
    undo.add(() => browser.close());

    const page = await openPage(browser);
    let ended = false;
    const end = () => void (ended = true);
    const complaints: string[] = [];
    // VS Code in a browser reports the end of a test run by calling this function of the page.
    await page.exposeFunction('codeAutomationExit', end);
    await page.exposeFunction('codeAutomationLog', () => undefined);
    page.on('crash', end);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(windowUrl(host.url, { workspace: world.folder, payload: { extensionDevelopmentPath: projectRoot, extensionTestsPath: tests } }));
    const counts = await followReport(report, () => ended);
    if (counts) return counts;
    throw new Error(`The host tests ended without a result.\n${complaints.join('\n')}\n${host.output()}`);
  } finally {
    await undo.undo();
  }
}
