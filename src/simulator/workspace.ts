import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { headOf } from './world/history.ts';
import type { World } from './world/world.ts';

const run = promisify(execFile);

/**
 * Makes a git repository in `folder` that looks like a clone of the scenario's: its default branch with the same files
 * in one commit, and `origin` pointing at the simulated host. Git itself is not served, so nothing can be fetched.
 * Rejects when the folder holds a repository already, or git is missing.
 */
export async function writeWorkspace(world: World, folder: string, { remoteUrl }: { readonly remoteUrl: string }): Promise<void> {
  const { home } = world;
  const head = headOf(home, home.defaultBranch);
  await mkdir(folder, { recursive: true });
  const git = async (...args: readonly string[]): Promise<void> => {
    const author = head ? world.account(head.author).name : 'Nobody';
    const identity = ['-c', `user.name=${author}`, '-c', 'user.email=sample@example.com', '-c', 'commit.gpgsign=false'];
    await run('git', [...identity, ...args], { cwd: folder });
  };
  await git('init', '--quiet', `--initial-branch=${home.defaultBranch}`);
  await git('remote', 'add', 'origin', remoteUrl);
  if (!head) return;
  for (const [path, content] of head.files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await git('add', '--all');
  await git('commit', '--quiet', '--message', head.message);
}
