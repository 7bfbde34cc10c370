import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone after `dispose`, or at the latest when this process exits. */
export interface TemporaryFolder {
  readonly path: string;
  dispose(): void;
}

const alive = new Set<string>();

/** Makes an empty folder `boussole-<name>-…` in the system's temporary folder; its path has no links in it. */
export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `boussole-${name}-`)));
  alive.add(path);
  return { path, dispose: () => remove(path) };
}

function remove(path: string): void {
  alive.delete(path);
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

process.on('exit', () => {
  for (const path of alive) remove(path);
});
