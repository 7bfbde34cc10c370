import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporaryFolder.ts';

const run = promisify(execFile);

/** A git repository on disk for a window to open. */
export interface GitWorkspace {
  readonly folder: string;
  dispose(): void;
}

type Texts = Readonly<Record<string, string>>;

/** Commits look the same whatever the machine's own git configuration says. */
const identity = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_AUTHOR_NAME: 'Camille Laurent',
  GIT_AUTHOR_EMAIL: 'camille@example.com',
  GIT_COMMITTER_NAME: 'Camille Laurent',
  GIT_COMMITTER_EMAIL: 'camille@example.com',
};

/** Runs git in a folder. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd: folder, env: { ...process.env, ...identity } });
  return stdout.trim();
}

/** Makes a repository in a temporary folder: branch `main`, one commit of `files`, and the remotes given by name. */
export async function createGitWorkspace(name: string, remotes: Texts, files: Texts = {}): Promise<GitWorkspace> {
  const parent = await temporaryFolder('workspace');
  const folder = join(parent.path, name);
  await mkdir(folder);
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const [path, content] of Object.entries({ 'README.md': `# ${name}\n`, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', 'Start');
  for (const [remote, url] of Object.entries(remotes)) await git(folder, 'remote', 'add', remote, url);
  return { folder, dispose: () => parent.dispose() };
}
