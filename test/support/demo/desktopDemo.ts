import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { seedUserSettings } from '../host/seedUserSettings.ts';
import { projectRoot } from '../projectRoot.ts';
import { SetUpError } from '../setUpError.ts';
import { simulatedSettings } from '../simulatedGitHub.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import type { DemoWorld } from './demoWorld.ts';

const signIn = fileURLToPath(new URL('../host/extensions/sign-in', import.meta.url));

const howToInstall = `In VS Code run "Shell Command: Install 'code' command in PATH", or name the program in the variable VSCODE_PATH.`;

/** The desktop VS Code on a demo world. */
export interface DesktopDemo {
  /** Resolves when the person closes the window. */
  readonly closed: Promise<void>;
  dispose(): Promise<void>;
}

/** Opens the VS Code that is installed on this machine (`code`, or what VSCODE_PATH names), with settings and state of its own. */
export async function startDesktopDemo(world: DemoWorld, options: { readonly locale: 'en' | 'fr' }): Promise<DesktopDemo> {
  const folder = await temporaryFolder('desktop');
  const userData = join(folder.path, 'user-data');
  await seedUserSettings(userData, simulatedSettings(world.sim.url));
  const program = process.env['VSCODE_PATH'] ?? 'code';
  const args = [
    ['--new-window', '--wait', '--skip-welcome', '--skip-release-notes', '--disable-workspace-trust'],
    ['--user-data-dir', userData, '--extensions-dir', join(folder.path, 'extensions'), '--locale', options.locale],
    ['--disable-extension', 'vscode.github-authentication', '--disable-extension', 'vscode.github'],
    [`--extensionDevelopmentPath=${projectRoot}`, `--extensionDevelopmentPath=${signIn}`, world.folder],
  ].flat();
  const env = { ...process.env, BOUSSOLE_TEST_TOKEN: world.sim.token };
  const child = spawn(program, args, { stdio: 'ignore', shell: process.platform === 'win32', env });
  const ended = new Promise<Error | undefined>((resolve) => child.once('error', resolve).once('close', () => resolve(undefined)));
  return {
    closed: ended.then((error) => {
      if (error) throw new SetUpError(`"${program}" could not be started. ${howToInstall}`, { cause: error });
    }),
    async dispose() {
      child.kill();
      await ended;
      folder.dispose();
    },
  };
}
