import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How commands ended, and what they handed on through the files of Actions. */
export interface ShellResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Commands that run now; they are a process group of their own. */
export interface RunningShell {
  readonly pid: number;
  /** Ends everything the commands have started on this machine, at once. */
  kill(): void;
}

/** Runs commands as Actions does on Linux: `bash -e` on a file, with fresh files for outputs, environment and summary. */
export async function runShell(
  commands: string, folder: string, env: NodeJS.ProcessEnv, temporary: string, number: number, started: (shell: RunningShell) => void,
): Promise<ShellResult> {
  const file = (name: string) => join(temporary, `${name}-${number}`);
  const handedOn = { GITHUB_OUTPUT: file('output'), GITHUB_ENV: file('env'), GITHUB_STEP_SUMMARY: file('summary'), GITHUB_PATH: file('path'), GITHUB_STATE: file('state') };
  for (const path of Object.values(handedOn)) writeFileSync(path, '');
  writeFileSync(file('commands'), `${commands}\n`);
  const child = spawn('bash', ['-e', file('commands')], { cwd: folder, env: { ...env, ...handedOn }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const closed = once(child, 'close');
  const { pid } = child;
  if (pid === undefined) throw new Error('bash could not be started.');
  started({
    pid,
    kill: () => {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    },
  });
  const [code] = (await closed) as [number | null];
  if (readFileSync(handedOn.GITHUB_PATH, 'utf8') !== '') throw new Error('The test\'s runner does not understand GITHUB_PATH.');
  return {
    code, stdout, stderr,
    outputs: readCommands(readFileSync(handedOn.GITHUB_OUTPUT, 'utf8')),
    env: readCommands(readFileSync(handedOn.GITHUB_ENV, 'utf8')),
    summary: readFileSync(handedOn.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

/** Reads `name=value` lines and `name<<DELIMITER` blocks; a line that is neither fails the step, as in Actions. */
export function readCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    const plain = /^([^=]+?)=(.*)$/s.exec(line);
    if (block && !(plain && line.indexOf('=') < line.indexOf('<<'))) {
      const [, name = '', delimiter = ''] = block;
      const end = lines.indexOf(delimiter, index + 1);
      if (end < 0) throw new Error(`Matching delimiter not found '${delimiter}'`);
      values[name] = lines.slice(index + 1, end).join('\n');
      index = end;
    } else if (plain) {
      values[plain[1] ?? ''] = plain[2] ?? '';
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}
