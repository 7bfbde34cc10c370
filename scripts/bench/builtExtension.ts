import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ourExtension } from '../../test/support/host/ourExtension.ts';
import { packExtension } from '../../test/support/host/packExtension.ts';
import { temporaryFolder } from '../../test/support/temporaryFolder.ts';
import { runTool } from '../runTool.ts';
import type { BuiltExtension } from './figure.ts';

/** Makes a production build and keeps a copy of what ships, so that a build made meanwhile does not change what is measured. */
export async function builtExtension(): Promise<BuiltExtension> {
  if ((await runTool('node', ['esbuild.mjs'])) !== 0) throw new Error('The extension could not be built.');
  const place = await temporaryFolder('bench');
  const folder = join(place.path, 'extension');
  for (const name of await readdir(ourExtension.folder)) {
    if (ourExtension.files?.(name)) await cp(join(ourExtension.folder, name), join(folder, name), { recursive: true });
  }
  const vsix = join(place.path, 'boussole.vsix');
  await packExtension(vsix);
  return { folder, vsix };
}
