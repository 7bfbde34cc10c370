import { type Browser, chromium } from 'playwright-core';
import { bundledChromium, type BrowserProgram } from './bundledChromium.ts';
import { SetUpError } from '../setUpError.ts';
import { installedBrowser } from './installedBrowser.ts';

const flags = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // Chromium's sandbox needs either a setuid helper or user namespaces, which root and most containers lack; only our own pages are opened.
  ...(process.platform === 'linux' ? ['--no-sandbox'] : []),
];

/** Starts a headless browser: an installed one, else on Linux x64 the one from the npm registry. Says what to install where there is neither. */
export async function launchBrowser(): Promise<Browser> {
  const program = installedBrowser() ?? (await bundled());
  return chromium.launch({
    executablePath: program.path,
    args: flags,
    env: { ...definedOnly(process.env), ...program.env },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

async function bundled(): Promise<BrowserProgram> {
  if (process.platform === 'linux' && process.arch === 'x64') return bundledChromium();
  throw new SetUpError(
    `No browser found. On ${process.platform} (${process.arch}) the browser tests need an installed Google Chrome, Chromium or Microsoft Edge; ` +
      'if it is somewhere unusual, name its program in the environment variable BROWSER_PATH.',
  );
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
