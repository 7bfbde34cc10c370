import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetUpError } from '../setUpError.ts';
import type { BrowserProgram } from './bundledChromium.ts';

/**
 * The Chrome, Chromium or Edge installed on this machine, if any. The variable `BROWSER_PATH` names one explicitly; the value
 * `bundled` asks for none.
 */
export function installedBrowser(env: NodeJS.ProcessEnv = process.env): BrowserProgram | undefined {
  const asked = env['BROWSER_PATH'];
  if (asked === 'bundled') return undefined;
  if (asked && !existsSync(asked)) throw new SetUpError(`BROWSER_PATH names ${asked}, which does not exist.`);
  const path = asked ?? candidates(env).find((each) => existsSync(each));
  return path ? { path, env: {} } : undefined;
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const programs = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((each) => each !== undefined);
    return programs.flatMap((folder) =>
      ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((name) => join(folder, name)),
    );
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  return (env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}
