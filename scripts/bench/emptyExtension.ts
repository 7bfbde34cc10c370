import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InstalledExtension } from '../../test/support/host/installExtensions.ts';

/** Does nothing, on the same occasions as Boussole; its views have no content. */
export const emptyExtension: InstalledExtension = { folder: fileURLToPath(new URL('./empty-extension', import.meta.url)) };

/** Tells what only the extension host knows; see `HostWindow.observe`. */
export const observerExtension: InstalledExtension = { folder: fileURLToPath(new URL('./observer-extension', import.meta.url)) };

/** The empty extension of another publisher, copied to `folder`: the host activates extensions in the order of their ids. */
export async function emptyExtensionOf(publisher: string, folder: string): Promise<InstalledExtension> {
  await cp(emptyExtension.folder, folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  await writeFile(manifest, JSON.stringify({ ...(JSON.parse(await readFile(manifest, 'utf8')) as object), publisher }));
  return { folder };
}
