import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

const manifest = { name: 'crm', version: '1.0.0', dependencies: { greeting: 'file:greeting' } };
const lock = {
  name: 'crm', version: '1.0.0', lockfileVersion: 3, requires: true,
  packages: { '': manifest, greeting: { version: '1.0.0' }, 'node_modules/greeting': { resolved: 'greeting', link: true } },
};
const files = {
  'package.json': JSON.stringify(manifest),
  'package-lock.json': JSON.stringify(lock),
  'greeting/package.json': '{"name":"greeting","version":"1.0.0"}',
  'greeting/index.js': 'module.exports = "good day";\n',
};

/** The real npm; its only dependency is a folder of the release, so that no registry is asked. */
describeWith(['bash', 'flock', 'npm'], 'relctl with npm itself', () => {
  let server: DeployServer;
  beforeEach(async () => void (server = await startDeployServer()));
  afterEach(() => server.dispose());

  it('installs what the lock file says into the new release', async () => {
    const answer = await server.publish('v1', 'none', files);
    assert.deepEqual([answer.outcome, answer['dependencies']], ['published', 'npm'], answer.message);
    assert.match(readFileSync(join(server.base, 'current/node_modules/greeting/index.js'), 'utf8'), /good day/);
  });

  it('publishes nothing when lock file and package.json disagree', async () => {
    await server.publish('v1', 'none', files);
    const changed = JSON.stringify({ ...manifest, dependencies: { greeting: 'file:greeting', other: 'file:other' } });
    const answer = await server.publish('v2', 'v1', { ...files, 'package.json': changed });
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['deps_failed', 70, 'v1']);
    assert.match(readFileSync(join(server.base, '.relctl/log/v2.log'), 'utf8'), /npm ci/);
  });
});
