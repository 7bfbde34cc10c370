import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../projectRoot.ts';

const vsce = join(projectRoot, 'node_modules/@vscode/vsce/vsce');

/** Packs the built extension into a `.vsix` file and answers what the packager said, the list of files included. */
export async function packExtension(file: string): Promise<string> {
  // Everything is bundled; and there is no public repository yet for the README's relative links to be rewritten to.
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file];
  const { stdout } = await promisify(execFile)(process.execPath, [vsce, ...args], { cwd: projectRoot });
  return stdout.trim();
}
