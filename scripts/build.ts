import { runTool } from './runTool.ts';

process.exitCode = await runTool('node', ['esbuild.mjs', ...process.argv.slice(2)]);
