import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser/browser.ts';
import { createGitWorkspace } from './gitWorkspace.ts';
import { type Host, startHost } from './host/hostServer.ts';
import { openPage } from './host/openPage.ts';
import { ourExtension } from './host/ourExtension.ts';
import { waitForWorkbench } from './host/waitForWorkbench.ts';
import { windowUrl } from './host/windowUrl.ts';
import { projectRoot } from './projectRoot.ts';
import { runCommand } from './runCommand.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { type RunningSimulator, type ServeOptions, simulatedSettings, startSimulator } from './simulatedGitHub.ts';
import { type Theme, themeSettings } from './theme.ts';
import { undoOnFailure, type UndoList } from './undoList.ts';

/** How a window is opened. Everything has a default: the sample team, English, dark, 1280 × 800, signed in, trusted. */
export interface VsCodeWindowOptions extends Pick<ServeOptions, 'scenario' | 'seed' | 'speed' | 'pace' | 'latencyMs'> {
  readonly locale?: 'en' | 'fr';
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** User settings on top of those that point the extension at the simulator. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The token of VS Code's GitHub session; `null`: nobody is signed in, and signing in then gives the simulator's token. */
  readonly token?: string | null;
  /** With `false` the folder opens in Restricted Mode. */
  readonly trusted?: boolean;
  /** A `.vsix` file to install instead of the extension as it was built. */
  readonly vsix?: string;
  /** A folder or `.code-workspace` file to open instead of a repository whose remote is the simulator's. */
  readonly workspace?: string;
  /** Changes the world before the window opens on it. */
  readonly prepare?: (simulator: Simulator) => void;
}

/** A real VS Code window on a simulated GitHub and Slack whose time is the test's to advance. */
export interface VsCodeWindow {
  readonly page: Page;
  readonly sim: RunningSimulator;
  readonly host: Host;
  /** The folder that is open. */
  readonly workspace: string;
  /** Writes `test-results/<name>.png`, of the window or of another page, and answers its path. */
  readonly screenshot: (name: string, of?: Page) => Promise<string>;
  /** Writes a picture for the README, if pictures are being taken (BOUSSOLE_PICTURES names their folder); else does nothing. */
  readonly picture: (name: string, of?: Page) => Promise<void>;
  /** Runs a command of the palette by the title it has there, for example `Boussole: Refresh`. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Reloads the window and waits for it as at the start. */
  readonly reload: () => Promise<void>;
  /** Closes everything that was started. */
  dispose(): Promise<void>;
}

/** Status bar items that only a VS Code served to a browser has; pictures show what a desktop would. */
const hostOnlyItems = ['status.host', 'status.forwardedPorts', 'status.workbench.keyboardLayout'].map((id) => `.statusbar-item[id="${id}"]`).join(', ');

const open = new Set<VsCodeWindow>();

/** The windows that are open now; what a failed test is illustrated with. */
export function openWindows(): readonly VsCodeWindow[] {
  return [...open];
}

/** Opens a window with the built extension installed and answers when its workbench is restored. */
export function openVsCode(options: VsCodeWindowOptions = {}): Promise<VsCodeWindow> {
  const { locale = 'en', theme = 'dark', width, height, token, trusted, settings, scenario, seed, speed, pace, latencyMs } = options;
  return undoOnFailure(async (undo) => {
    const sim = await startSimulator({ clock: mondayMorning, ...definedOnly({ scenario, seed, speed, pace, latencyMs }) });
    undo.add(() => sim.close());
    options.prepare?.(sim.simulator);
    const workspace = options.workspace ?? (await simulatedWorkspace(sim, undo));
    const host = await startHost({
      extensions: options.vsix ? [] : [ourExtension],
      locale,
      ...definedOnly({ trusted, vsix: options.vsix }),
      settings: { ...simulatedSettings(sim.url), ...themeSettings(theme), ...settings },
      env: { BOUSSOLE_TEST_TOKEN: token === null ? '' : (token ?? sim.token), BOUSSOLE_TEST_SIGN_IN_TOKEN: sim.token },
    });
    undo.add(() => host.dispose());
    const browser = await launchBrowser();
    undo.add(() => browser.close());
    const page = await openPage(browser, { locale, colorScheme: theme === 'light' ? 'light' : 'dark', ...definedOnly({ width, height }) });
    await page.goto(windowUrl(host.url, { workspace }));
    await waitForWorkbench(page);
    const window: VsCodeWindow = {
      page,
      sim,
      host,
      workspace,
      screenshot: (name, of = page) => takePicture(of, join(projectRoot, 'test-results'), name),
      picture: async (name, of = page) => {
        const folder = process.env['BOUSSOLE_PICTURES'];
        if (folder) await takePicture(of, folder, name, hostOnlyItems);
      },
      runCommand: (title) => runCommand(page, title),
      reload: async () => {
        const gone = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
        await runCommand(page, 'Developer: Reload Window');
        await gone;
        await waitForWorkbench(page);
      },
      dispose: () => undo.undo(),
    };
    open.add(window);
    undo.add(() => open.delete(window));
    return window;
  });
}

/**
 * A Monday morning at which the simulated world stands still unless a test advances it: no state passes before it was looked at,
 * and the past is the same in every run. This machine's own clock says something else, as on machines that are set wrong.
 */
const mondayMorning: SimulatorOptions['clock'] = { now: () => Date.UTC(2026, 10, 16, 9, 30) };

async function simulatedWorkspace(sim: RunningSimulator, undo: UndoList): Promise<string> {
  const workspace = await createGitWorkspace(sim.repository.name, { origin: sim.remoteUrl }, sim.files);
  undo.add(() => workspace.dispose());
  return workspace.folder;
}

async function takePicture(page: Page, folder: string, name: string, hidden?: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'initial', ...(hidden ? { style: `${hidden} { display: none !important }` } : {}) });
  return path;
}

/** `exactOptionalPropertyTypes` tells an absent option from one that is `undefined`; this makes the second the first. */
function definedOnly<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
