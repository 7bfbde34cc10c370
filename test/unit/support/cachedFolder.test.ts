import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, cacheRoot } from '../../support/cachedFolder.ts';

describe('a cached folder', () => {
  const name = `test-of-cached-folder-${process.pid}`;

  afterEach(() => rm(join(cacheRoot, name), { recursive: true, force: true }));

  it('is filled once, however many ask for it at the same time', async () => {
    let fills = 0;
    const ask = () =>
      cachedFolder(name, async (folder) => {
        fills++;
        await writeFile(join(folder, 'content'), `fill ${fills}`);
      });
    const folders = await Promise.all([ask(), ask(), ask()]);
    assert.equal(fills, 1);
    assert.deepEqual(folders, Array.from({ length: 3 }, () => join(cacheRoot, name)));
    assert.equal(await readFile(join(cacheRoot, name, 'content'), 'utf8'), 'fill 1');
  });

  it('is not there after an attempt that failed, and can be filled then', async () => {
    const failure = new Error('no network');
    await assert.rejects(
      cachedFolder(name, async (folder) => {
        await writeFile(join(folder, 'half'), '');
        throw failure;
      }),
      failure,
    );
    assert.equal(existsSync(join(cacheRoot, name)), false);
    await cachedFolder(name, (folder) => writeFile(join(folder, 'whole'), ''));
    assert.equal(existsSync(join(cacheRoot, name, 'whole')), true);
    assert.equal(existsSync(join(cacheRoot, name, 'half')), false);
  });
});
