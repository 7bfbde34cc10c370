import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An extension to install: its folder, and which of its top-level files and folders (all by default). */
export interface InstalledExtension {
  readonly folder: string;
  readonly files?: (name: string) => boolean;
}

const ours = fileURLToPath(new URL('./extensions/', import.meta.url));

/**
 * Copies extensions, unpacked, to where a server that was not yet started finds them; always the simulated sign-in, and the
 * language pack that `locale` needs.
 */
export async function installExtensions(target: string, userData: string, extensions: readonly InstalledExtension[], locale: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const { folder, files } of [...extensions, { folder: join(ours, 'sign-in') }]) await copyExtension(folder, target, files);
  if (locale === 'fr') await installFrench(target, userData);
}

async function copyExtension(folder: string, target: string, files: (name: string) => boolean = () => true): Promise<string> {
  const { publisher, name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const place = join(target, `${publisher}.${name}-${version}`);
  await mkdir(place, { recursive: true });
  for (const each of await readdir(folder)) if (files(each)) await cp(join(folder, each), join(place, each), { recursive: true });
  return place;
}

/** The server reads the language of its window from `languagepacks.json`, which it only writes itself when a pack is installed while it runs. */
async function installFrench(target: string, userData: string): Promise<void> {
  const place = await copyExtension(join(ours, 'french'), target);
  const pack = {
    hash: 'boussole-tests-french',
    label: 'français',
    extensions: [{ extensionIdentifier: { id: 'boussole-tests.french' }, version: '1.0.0' }],
    translations: { vscode: join(place, 'main.i18n.json') },
  };
  await writeFile(join(userData, 'languagepacks.json'), JSON.stringify({ fr: pack }));
}
