import { type ChildProcess, spawn } from 'node:child_process';

/** A program started with everything it will start itself in one process group, so that all of it can be ended at once. */
export interface ProcessGroup {
  readonly process: ChildProcess;
  /** What it printed so far, both streams. */
  output(): string;
  /** Resolves with the first match in the output; rejects with the output when the program ends before, or after `timeoutMs`. */
  waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray>;
  /** Ends the whole group and resolves once it is gone. Doing it twice is harmless. */
  end(): Promise<void>;
}

const graceMs = 3_000;
const groups = new Set<ProcessGroup>();

/** Starts `command` in a group of its own. If this process exits for any reason, the group is ended too. */
export function startGroup(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): ProcessGroup {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  let output = '';
  const listeners = new Set<() => void>();
  const collect = (data: Buffer) => {
    output += data.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.once('error', (error) => collect(Buffer.from(String(error))));
  const gone = new Promise<void>((resolve) => child.once('error', () => resolve()).once('close', () => resolve()));

  const group: ProcessGroup = {
    process: child,
    output: () => output,
    waitFor: (pattern, timeoutMs) =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          clearTimeout(timer);
          listeners.delete(check);
          act();
        };
        const check = () => {
          const match = pattern.exec(output);
          if (match) settle(() => resolve(match));
        };
        const fail = (why: string) => settle(() => reject(new Error(`${command} ${why}:\n${output}`)));
        const timer = setTimeout(() => fail(`said nothing that matches ${pattern} within ${timeoutMs} ms`), timeoutMs);
        listeners.add(check);
        void gone.then(() => fail('ended before it was ready'));
        check();
      }),
    async end() {
      groups.delete(group);
      signal(child, 'SIGTERM');
      const timer = setTimeout(() => signal(child, 'SIGKILL'), graceMs);
      await gone;
      clearTimeout(timer);
      // The leader is gone; what it left in its group goes with it.
      signal(child, 'SIGKILL');
    },
  };
  groups.add(group);
  return group;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // Nobody is left in the group.
  }
}

// A signal that nobody else answers would end this process without its exit listeners. The listener stays, since the same
// signal often comes twice (from the terminal and from a parent) and the second must not cut the first one's work short.
for (const [name, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
  process.on(name, () => {
    if (process.listenerCount(name) === 1) process.exit(code);
  });
}

process.on('exit', () => {
  for (const group of groups) signal(group.process, 'SIGKILL');
});
