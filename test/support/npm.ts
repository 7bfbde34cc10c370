import { spawn } from 'node:child_process';
import { SetUpError } from './setUpError.ts';

/**
 * Runs npm in a folder and answers its output. Uses the npm that started this script where there is one. A failure names
 * what was wanted (`what`), npm's own words and what to do about it.
 */
export async function npm(what: string, args: readonly string[], cwd: string): Promise<string> {
  const script = process.env['npm_execpath'];
  const command = script?.endsWith('.js') ? (process.env['npm_node_execpath'] ?? process.execPath) : 'npm';
  const all = [...(command === 'npm' ? [] : [script ?? '']), ...args, '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn(command, all, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32', env: environment() });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code === 0) return output.trim();
  throw new SetUpError(
    `${what} could not be fetched: "npm ${args.join(' ')}" ended with code ${code}.\n${errors.trim()}\n` +
      'Check the network (behind a proxy: "npm config set https-proxy …") and run the same command again; what was already fetched is kept.',
  );
}

/** npm hands its own settings down to scripts; those that describe this project must not steer npm in another folder. */
function environment(): NodeJS.ProcessEnv {
  const ours = /^npm_(package|lifecycle|config_(local_prefix|omit|include|ignore_scripts))/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
