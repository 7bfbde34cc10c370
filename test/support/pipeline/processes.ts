import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process has started, directly or not, with the names of their programs. Linux only. */
export function descendantsOf(pid: number): { readonly pid: number; readonly program: string }[] {
  const found: { pid: number; program: string }[] = [];
  const parents = new Map<number, number[]>();
  const programs = new Map<number, string>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, program = '', parent = ''] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? [];
      parents.set(Number(parent), [...(parents.get(Number(parent)) ?? []), Number(entry)]);
      programs.set(Number(entry), program);
    } catch {
      // It has ended in the meantime.
    }
  }
  const follow = (parent: number): void => {
    for (const child of parents.get(parent) ?? []) {
      found.push({ pid: child, program: programs.get(child) ?? '' });
      follow(child);
    }
  };
  follow(pid);
  return found;
}
