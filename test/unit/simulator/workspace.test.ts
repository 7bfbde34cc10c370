import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWorkspace } from '../../../src/simulator/workspace.ts';
import { git } from '../../support/gitWorkspace.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('a simulated repository on disk', () => {
  it('holds the files of the default branch in one commit, with the simulated host as origin', async () => {
    const place = await temporaryFolder('sim-workspace');
    try {
      const { world } = new SimulatorRig('quiet').simulator;
      const folder = join(place.path, 'crm');
      await writeWorkspace(world, folder, { remoteUrl: 'http://127.0.0.1:1/atelier-nord/crm.git' });
      const head = world.home.commits.get(world.home.branches.get('main') ?? '');
      assert.equal(await readFile(join(folder, '.github/workflows/deploy.yml'), 'utf8'), head?.files.get('.github/workflows/deploy.yml'));
      assert.equal(await git(folder, 'remote', 'get-url', 'origin'), 'http://127.0.0.1:1/atelier-nord/crm.git');
      assert.equal(await git(folder, 'status', '--porcelain', '--branch'), '## main');
      assert.equal(await git(folder, 'log', '--format=%s'), head?.message);
    } finally {
      place.dispose();
    }
  });
});
