import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counts } from '../test/support/hostTests/counts.ts';
import { temporaryFolder } from '../test/support/temporaryFolder.ts';
import { runTool } from './runTool.ts';

/** A part of the tests that can be run by itself: given further arguments for Mocha, answers how many passed and failed. */
export type Tier = (args: readonly string[]) => Promise<Counts>;

const reporter = ['--reporter', './test/support/mocha/countingReporter.mjs'];
const slow = ['--timeout', '120000', '--slow', '20000'];
const windowHooks = ['--require', './test/support/mocha/windowHooks.ts'];

/** Every tier by its name. */
export const tiers: Readonly<Record<string, Tier>> = {
  check: () => step('scripts/check.ts'),
  build: () => step('esbuild.mjs'),
  unit: (args) => tests('mocha', ['test/unit/**/*.test.ts', ...reporter, ...args]),
  contract: (args) => tests('mocha', ['test/contract/**/*.test.ts', '--timeout', '60000', ...reporter, ...args]),
  pipeline: (args) => tests('mocha', ['test/pipeline/**/*.test.ts', '--timeout', '60000', ...reporter, ...args]),
  host: (args) => tests('node', ['scripts/hostTests.ts', 'server', ...args]),
  desktop: (args) => tests('node', ['scripts/hostTests.ts', 'desktop', ...args]),
  e2e: (args) => tests('mocha', ['test/e2e/**/*.test.ts', ...slow, ...windowHooks, ...reporter, ...args]),
};

/** What must succeed but holds no tests: it only counts when it fails. */
async function step(script: string): Promise<Counts> {
  return { passed: 0, failed: (await runTool('node', [script])) === 0 ? 0 : 1 };
}

/** A run that ends without counts, or with an exit code that they do not explain, counts as a failure more. */
async function tests(tool: string, args: readonly string[]): Promise<Counts> {
  const folder = await temporaryFolder('counts');
  const file = join(folder.path, 'counts.json');
  const code = await runTool(tool, args, { BOUSSOLE_COUNTS: file });
  const counts = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Counts) : { passed: 0, failed: 1 };
  folder.dispose();
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
