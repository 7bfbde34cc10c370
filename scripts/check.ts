import { runTool } from './runTool.ts';

/** Types, then lint; both are run so that one look shows everything. */
const codes = [await runTool('tsc', ['-p', '.']), await runTool('oxlint', ['--deny-warnings', 'src', 'test', 'scripts', 'esbuild.mjs'])];
process.exitCode = Math.max(...codes);
