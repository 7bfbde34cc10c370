import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../test/support/projectRoot.ts';

/**
 * Runs a tool of the project (`node`, or a name in node_modules/.bin) in the project's root with everything inherited and
 * answers its exit code; a tool that a signal ended counts as failed.
 */
export function runTool(tool: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const windows = process.platform === 'win32';
  const command = tool === 'node' ? process.execPath : join(projectRoot, 'node_modules/.bin', windows ? `${tool}.cmd` : tool);
  const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit', shell: windows && tool !== 'node', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? 1)));
}
