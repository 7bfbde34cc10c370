import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from './projectRoot.ts';

/** Where everything that was fetched or unpacked for tests and the demo is kept. Safe to delete at any time. */
export const cacheRoot = join(projectRoot, '.vscode-test');

const marker = '.ready';
const waitMs = 50;

/**
 * The folder `.vscode-test/<name>`, filled once by `fill` and then kept. `fill` works in a folder of its own that is renamed
 * to its `final` place when complete, so a folder that is there is whole, whatever was interrupted. Of several processes that ask at
 * the same time one fills and the others wait for it.
 */
export async function cachedFolder(name: string, fill: (folder: string, final: string) => Promise<void>): Promise<string> {
  const folder = join(cacheRoot, name);
  if (existsSync(join(folder, marker))) return folder;
  await mkdir(cacheRoot, { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    if (existsSync(join(folder, marker))) return folder;
    const unfinished = `${folder}.${process.pid}.unfinished`;
    await removeLeftovers(name);
    await mkdir(unfinished, { recursive: true });
    try {
      await fill(unfinished, folder);
      await writeFile(join(unfinished, marker), '');
      await rename(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    return folder;
  } finally {
    await release();
  }
}

/** Removes what attempts that were killed left; whoever holds the lock may. */
async function removeLeftovers(name: string): Promise<void> {
  const leftover = (each: string) => each === name || (each.startsWith(`${name}.`) && each.endsWith('.unfinished'));
  for (const each of (await readdir(cacheRoot)).filter(leftover)) await rm(join(cacheRoot, each), { recursive: true, force: true });
}

async function lock(path: string): Promise<() => Promise<void>> {
  const owner = join(path, 'pid');
  for (;;) {
    try {
      await mkdir(path);
      await writeFile(owner, String(process.pid));
      return () => rm(path, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await delay(waitMs);
    // An owner that was killed leaves its lock behind; the rename lets one of the waiting processes take it away.
    if (await isAbandoned(owner)) {
      const old = `${path}.${process.pid}`;
      await rename(path, old).catch(() => undefined);
      await rm(old, { recursive: true, force: true });
    }
  }
}

async function isAbandoned(owner: string): Promise<boolean> {
  try {
    process.kill(Number(await readFile(owner, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
