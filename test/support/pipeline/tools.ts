import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const packages: Readonly<Record<string, string>> = {
  bash: 'bash', busybox: 'busybox', curl: 'curl', flock: 'util-linux', git: 'git', jq: 'jq', npm: 'npm', python3: 'python3', rsync: 'rsync',
  shellcheck: 'shellcheck', ssh: 'openssh-client', sshd: 'openssh-server',
};
const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Where a program is, the folders of administrators included; undefined when it is not installed. */
export function findTool(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...systemFolders];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Defines tests that need real programs. Where one is missing they are not defined at all, so that nothing counts as passed,
 * and the reason and the remedy are printed in a frame.
 */
export function describeWith(tools: readonly string[], title: string, tests: () => void): void {
  const missing = process.platform === 'linux' ? tools.filter((tool) => !findTool(tool)) : ['Linux'];
  if (missing.length === 0) {
    describe(title, tests);
    return;
  }
  const wanted = missing.map((tool) => packages[tool]).filter((name) => name !== undefined);
  const remedy = wanted.length > 0 ? `To run them: sudo apt-get install ${wanted.join(' ')}` : 'To run them: use Linux, or leave them to CI.';
  const frame = '!'.repeat(78);
  console.log(`\n${frame}\n!! SKIPPED: ${title}\n!! Missing: ${missing.join(', ')}\n!! ${remedy}\n${frame}\n`);
}
