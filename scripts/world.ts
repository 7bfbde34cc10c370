import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../test/support/cachedFolder.ts';
import { startDemoWorld } from '../test/support/demo/demoWorld.ts';
import { greeting } from '../test/support/demo/greeting.ts';
import { seedUserSettings } from '../test/support/host/seedUserSettings.ts';
import { onInterrupt } from '../test/support/onInterrupt.ts';
import { simulatedSettings } from '../test/support/simulatedGitHub.ts';
import { runTool } from './runTool.ts';

/**
 * The sample team for F5: builds, serves the simulator, and puts the repository and the user settings of the window that is
 * about to be debugged into `.vscode-test/f5/`, where .vscode/launch.json expects them. Ends when its task is ended.
 */
const place = join(cacheRoot, 'f5');

if ((await runTool('node', ['esbuild.mjs', '--dev'])) === 0) {
  const world = await startDemoWorld({});
  onInterrupt(() => world.dispose());
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  await seedUserSettings(join(place, 'user-data'), simulatedSettings(world.sim.url));
  await symlink(world.folder, join(place, 'workspace'), 'junction');
  console.log(`${greeting(world)}\nThe sample team is ready.`);
} else {
  process.exitCode = 1;
}
