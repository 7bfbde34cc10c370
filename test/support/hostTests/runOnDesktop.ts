import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { seedUserSettings } from '../host/seedUserSettings.ts';
import { projectRoot } from '../projectRoot.ts';
import { SetUpError } from '../setUpError.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { UndoList } from '../undoList.ts';
import { bundleHostTests } from './bundle.ts';
import type { Counts } from './counts.ts';
import { hostTestEnvironment } from './environment.ts';
import { followReport } from './followReport.ts';
import { hostTestWorld } from './hostTestWorld.ts';

const signIn = fileURLToPath(new URL('../host/extensions/sign-in', import.meta.url));

/** Runs the host tests in a desktop VS Code: the one that VSCODE_PATH names, else one that is downloaded. It needs a display. */
export async function runHostTestsOnDesktop(args: readonly string[]): Promise<Counts> {
  const undo = new UndoList();
  try {
    const vscodeExecutablePath = process.env['VSCODE_PATH'] ?? (await download());
    const tests = await bundleHostTests();
    undo.add(() => rm(tests, { force: true }));
    const folder = await temporaryFolder('desktop');
    undo.add(() => folder.dispose());
    const world = await hostTestWorld();
    undo.add(() => world.dispose());
    const report = join(folder.path, 'report.txt');
    const userData = join(folder.path, 'user-data');
    await seedUserSettings(userData, world.settings);
    let ended = false;
    const run = runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: [projectRoot, signIn],
      extensionTestsPath: tests,
      extensionTestsEnv: { ...world.env, ...hostTestEnvironment(report, args) },
      launchArgs: [
        [world.folder, '--disable-workspace-trust', '--skip-welcome', '--disable-extension', 'vscode.github-authentication'],
        ['--user-data-dir', userData, '--extensions-dir', join(folder.path, 'extensions')],
      ].flat(),
    }).catch(() => undefined);
    void run.finally(() => (ended = true));
    const counts = await followReport(report, () => ended);
    await run;
    if (counts) return counts;
    throw new Error('The host tests ended without a result; what VS Code said is above.');
  } finally {
    await undo.undo();
  }
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(projectRoot, '.vscode-test/desktop') });
  } catch (error) {
    const remedy = 'Set VSCODE_PATH to the program of an installed VS Code (for example /usr/share/code/code) and try again.';
    throw new SetUpError(`VS Code could not be downloaded. ${remedy}`, { cause: error });
  }
}
