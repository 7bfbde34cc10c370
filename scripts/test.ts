import type { Counts } from '../test/support/hostTests/counts.ts';
import { tiers } from './tiers.ts';

/** `test` runs everything; `test <tier> [arguments for Mocha]` runs one tier on a fresh build. Exit code 0 only when nothing failed. */
const everything = ['check', 'build', 'unit', 'contract', 'pipeline', 'host', 'e2e'];
const needBuild = new Set(['host', 'desktop', 'e2e']);

const [asked, ...args] = process.argv.slice(2);
if (asked && !tiers[asked]) throw new Error(`There is no test tier "${asked}". There are: ${Object.keys(tiers).join(', ')}.`);
const names = asked ? (needBuild.has(asked) ? ['build', asked] : [asked]) : everything;

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void (interrupted = true));

const summary: string[] = [];
let passed = 0;
let failed = 0;
for (const name of names) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`);
  const start = performance.now();
  const counts = (await tiers[name]?.(name === asked ? args : [])) ?? { passed: 0, failed: 1 };
  passed += counts.passed;
  failed += counts.failed;
  summary.push(line(name, counts, (performance.now() - start) / 1000));
  if (interrupted || (name === 'build' && counts.failed > 0)) break;
}
console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function line(name: string, counts: Counts, seconds: number): string {
  const isTests = counts.passed + counts.failed > 0;
  const numbers = isTests ? `${String(counts.passed).padStart(5)} passing ${String(counts.failed).padStart(4)} failing` : ''.padEnd(26);
  return `  ${counts.failed === 0 ? '✔' : '✘'} ${name.padEnd(10)} ${numbers} ${`${seconds.toFixed(1)} s`.padStart(8)}`;
}
