import { runTool } from './runTool.ts';

process.exitCode = await runTool('node', ['src/simulator/cli.ts', ...process.argv.slice(2)]);
