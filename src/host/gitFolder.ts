import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** A clone as its own files describe it. */
export interface GitClone {
  readonly root: string;
  readonly remotes: readonly GitRemote[];
}

export interface GitRemote {
  readonly name: string;
  readonly url: string;
}

/** The clone that a folder lies in, read from git's files without git; worktrees and submodules are followed. `undefined`: none. */
export async function readGitFolder(folder: string): Promise<GitClone | undefined> {
  for (let root = folder; ; root = dirname(root)) {
    const gitDirectory = await findGitDirectory(root);
    if (gitDirectory !== undefined) {
      const config = await readText(join(await commonDirectory(gitDirectory), 'config'));
      return { root, remotes: readRemotes(config ?? '') };
    }
    if (dirname(root) === root) return undefined;
  }
}

/** The remotes of a git configuration file: the first URL of each. */
export function readRemotes(config: string): readonly GitRemote[] {
  const remotes: GitRemote[] = [];
  let name: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) name = /^remote\s+"((?:[^"\\]|\\.)*)"$/i.exec(section.trim())?.[1]?.replace(/\\(.)/g, '$1');
    const url = /^\s*url\s*=\s*"?([^"\s;#]+)/i.exec(line)?.[1];
    if (name !== undefined && url !== undefined && !remotes.some((remote) => remote.name === name)) remotes.push({ name, url });
  }
  return remotes;
}

async function findGitDirectory(root: string): Promise<string | undefined> {
  const path = join(root, '.git');
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return path;
  if (!found?.isFile()) return undefined;
  const target = /^gitdir:\s*(.+)$/m.exec((await readText(path)) ?? '')?.[1]?.trim();
  return target === undefined ? undefined : resolve(root, target);
}

async function commonDirectory(gitDirectory: string): Promise<string> {
  const common = (await readText(join(gitDirectory, 'commondir')))?.trim();
  if (common === undefined || common === '') return gitDirectory;
  return isAbsolute(common) ? common : resolve(gitDirectory, common);
}

function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
