import { join } from 'node:path';
import { projectRoot } from '../test/support/projectRoot.ts';
import { runTool } from './runTool.ts';

/** Takes the README's pictures anew: the end-to-end journeys write them while they run. */
const pictures = join(projectRoot, 'media/pictures');
process.exitCode = await runTool('node', ['scripts/test.ts', 'e2e', ...process.argv.slice(2)], { BOUSSOLE_PICTURES: pictures });
