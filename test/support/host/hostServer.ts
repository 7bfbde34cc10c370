import { join } from 'node:path';
import { startGroup } from '../processGroup.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { undoOnFailure } from '../undoList.ts';
import { codeServer } from './codeServer.ts';
import { installExtensions, type InstalledExtension } from './installExtensions.ts';
import { seedUserSettings } from './seedUserSettings.ts';

/** What a VS Code server is started with. */
export interface HostOptions {
  /** Extensions to have installed, beside those that `installExtensions` always adds. */
  readonly extensions?: readonly InstalledExtension[];
  /** A `.vsix` file to install as a person would. */
  readonly vsix?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Language of the window: `en`, or `fr` (the interface stays English there, extensions speak French). */
  readonly locale?: 'en' | 'fr';
  /** Whether folders are trusted without asking. With `false` every folder opens in Restricted Mode. */
  readonly trusted?: boolean;
  /** Additions to the environment of the server and thus of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that the bare address opens. */
  readonly folder?: string;
  /** Whether VS Code may run tests inside its extension host. It then shows no notifications, so only such tests ask for it. */
  readonly runsTests?: boolean;
}

/** A running VS Code server. */
export interface Host {
  /** Its address without a trailing slash. */
  readonly url: string;
  /** A temporary folder with its settings, extensions and logs. */
  readonly home: string;
  /** Folder of the logs of the server and the extension host. */
  readonly logs: string;
  /** What the server printed. */
  output(): string;
  /** Ends the server with all it started and removes its temporary folder. */
  dispose(): Promise<void>;
}

const readyTimeoutMs = 30_000;
const endWithParent = new URL('./endWithParent.mjs', import.meta.url).href;

/** Starts a VS Code server on loopback with our extension installed. Nothing it does leaves the machine. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const program = await codeServer();
  return undoOnFailure(async (undo) => {
    const home = await temporaryFolder('host');
    undo.add(() => home.dispose());
    const userData = join(home.path, 'user-data');
    const extensions = join(home.path, 'extensions');
    const folders = ['--extensions-dir', extensions, '--user-data-dir', userData, '--server-data-dir', join(home.path, 'server-data')];
    // Without a gallery nothing looks for extensions on the network.
    const surroundings = { cwd: program, env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...options.env } };

    await seedUserSettings(userData, { ...(options.trusted === false ? restricted : {}), ...options.settings });
    await installExtensions(extensions, userData, options.extensions ?? [], options.locale ?? 'en');
    if (options.vsix) await installVsix(options.vsix, folders, surroundings);

    const args = [
      ['--import', endWithParent, 'out/server-main.js'],
      ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
      folders,
      ['--telemetry-level', 'off', '--disable-experiments'],
      options.runsTests ? ['--enable-smoke-test-driver'] : [],
      options.folder ? ['--default-folder', options.folder] : [],
      options.trusted === false ? [] : ['--disable-workspace-trust'],
      options.locale && options.locale !== 'en' ? ['--locale', options.locale] : [],
    ].flat();
    const server = startGroup(process.execPath, args, surroundings);
    undo.add(() => server.end());
    const [, port] = await server.waitFor(/Extension host agent listening on (\d+)/, readyTimeoutMs);
    return {
      url: `http://127.0.0.1:${port}`,
      home: home.path,
      logs: join(userData, 'logs'),
      output: () => server.output(),
      dispose: () => undo.undo(),
    };
  });
}

const restricted = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };

async function installVsix(vsix: string, folders: readonly string[], surroundings: { cwd: string; env: NodeJS.ProcessEnv }): Promise<void> {
  const args = ['out/server-main.js', '--install-extension', vsix, '--accept-server-license-terms', ...folders];
  const installer = startGroup(process.execPath, args, surroundings);
  try {
    await installer.waitFor(/was successfully installed/, readyTimeoutMs);
  } finally {
    await installer.end();
  }
}
