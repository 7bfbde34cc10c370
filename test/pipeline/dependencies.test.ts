import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

/** Notes where it runs, with which words, and what was live then. */
const noteCall = 'echo "${0##*/} $* in ${PWD##*/} while $(readlink ../../current)" >> ../../calls; mkdir -p installed';

describeWith(['bash', 'flock'], 'relctl dependencies', () => {
  let server: DeployServer;
  beforeEach(async () => {
    server = await startDeployServer();
    server.configure({ path: server.toolsFolder });
    for (const tool of ['composer', 'npm', 'pnpm']) server.tool(tool, noteCall);
    await server.publish('v1', 'none');
  });
  afterEach(() => server.dispose());

  const calls = () => {
    const path = join(server.base, 'calls');
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  };

  it('are installed from the lock file, in the new folder, before the switch', async () => {
    const answer = await server.publish('v2', 'v1', { 'composer.lock': '{}', 'package-lock.json': '{}' });
    assert.deepEqual([answer.outcome, answer['dependencies']], ['published', 'composer npm']);
    assert.deepEqual(calls(), [
      'composer install --no-dev --no-interaction --prefer-dist --optimize-autoloader in v2 while releases/v1',
      'npm ci --omit=dev --no-audit --no-fund in v2 while releases/v1',
    ]);
    await server.publish('v3', 'v2', { 'pnpm-lock.yaml': '' });
    assert.equal(calls().at(-1), 'pnpm install --frozen-lockfile --prod in v3 while releases/v2');
  });

  it('are left alone where there is no lock file, where the build brought them, or where the settings say none', async () => {
    await server.publish('v2', 'v1');
    await server.publish('v3', 'v2', { 'package-lock.json': '{}', 'node_modules/a/index.js': '', 'composer.lock': '', 'vendor/autoload.php': '' });
    server.configure({ path: server.toolsFolder, dependencies: 'none' });
    await server.publish('v4', 'v3', { 'package-lock.json': '{}' });
    assert.deepEqual([calls(), server.live()], [[], 'v4']);
  });

  it('stop a publish when they cannot be installed, or when their tool is missing', async () => {
    server.tool('npm', 'echo no such package; exit 3');
    const failed = await server.publish('v2', 'v1', { 'package-lock.json': '{}' });
    assert.deepEqual([failed.outcome, failed.code, server.live()], ['deps_failed', 70, 'v1']);
    server.configure({ dependencies: 'bundler' });
    assert.match((await server.publish('v3', 'v1')).message, /bundler is not on the PATH/);
    assert.deepEqual(server.story().slice(2), ['publish_begin v2', 'publish_failed v2', 'publish_begin v3', 'publish_failed v3']);
  });

  it('can be tried again under the same id after another upload', async () => {
    server.tool('npm', 'exit 3');
    await server.publish('v2', 'v1', { 'package-lock.json': '{}' });
    server.tool('npm', noteCall);
    assert.deepEqual([(await server.publish('v2', 'v1', { 'package-lock.json': '{}' })).outcome, server.live()], ['published', 'v2']);
  });
});
