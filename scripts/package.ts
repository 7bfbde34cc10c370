import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packExtension } from '../test/support/host/packExtension.ts';
import { projectRoot } from '../test/support/projectRoot.ts';
import { main } from './main.ts';
import { runTool } from './runTool.ts';

/** A production build, packed into boussole.vsix in the project's root. */
await main(async () => {
  process.exitCode = await runTool('node', ['esbuild.mjs']);
  if (process.exitCode !== 0) return;
  const file = join(projectRoot, 'boussole.vsix');
  console.log(await packExtension(file));
  console.log(`boussole.vsix: ${((await stat(file)).size / 1024).toFixed(1)} KB`);
});
