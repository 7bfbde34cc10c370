import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

/** Git without the machine's own configuration. */
export const plainGit = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull, GIT_TERMINAL_PROMPT: '0' };

/** Runs git in a folder, with `input` on its stdin, and answers what it printed; throws what it complained about. */
export function git(folder: string, args: readonly string[], input: string | Buffer = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: folder, env: { ...process.env, ...plainGit }, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve(stdout.trim());
      else reject(new Error(`git ${args.join(' ')}: ${stderr.trim()}`));
    });
    child.stdin.on('error', () => undefined).end(input);
  });
}
