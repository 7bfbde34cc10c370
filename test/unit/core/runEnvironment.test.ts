import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { environmentsOfRuns, runEnvironment, runVersion, type RunContext } from '../../../src/core/runEnvironment.ts';
import { VersionNames } from '../../../src/core/versionNames.ts';
import { aDeployment, aRelease, aRequest, aRun, aTarget, sha } from '../../support/build.ts';

const targets = [aTarget({ environment: 'staging', branch: 'develop', isProduction: false }), aTarget()];
const context: RunContext = { targets, environmentsOfRun: new Map(), requests: new Map() };

describe('the environment of a run', () => {
  it('is what we asked for, else what its deployments say', () => {
    const run = aRun({ title: 'Deploy v1.2.0 to production' });
    assert.equal(runEnvironment(run, { ...context, requests: new Map([[100, aRequest({ environment: 'staging' })]]) }), 'staging');
    assert.equal(runEnvironment(run, { ...context, environmentsOfRun: environmentsOfRuns([aDeployment({ runId: 100, environment: 'staging' })]) }), 'staging');
  });

  it('is what its title names, else what its branch means for a push', () => {
    assert.equal(runEnvironment(aRun({ title: 'Deploy v1.2.0 to production' }), context), 'production');
    assert.equal(runEnvironment(aRun({ title: 'feat: import', event: 'push', branch: 'develop' }), context), 'staging');
    assert.equal(runEnvironment(aRun({ title: 'Deploy', branch: 'develop' }), context), undefined);
  });

  it('is none for a run that does not deploy, whatever its title mentions', () => {
    assert.equal(runEnvironment(aRun({ workflowPath: '.github/workflows/ci.yml', title: 'fix production' }), context), undefined);
  });

  it('is the only one that its workflow deploys to', () => {
    assert.equal(runEnvironment(aRun({ title: 'Go' }), { ...context, targets: [aTarget()] }), 'production');
  });
});

describe('the version of a run', () => {
  const names = new VersionNames({ releases: [aRelease('v1.2.0', { sha: sha('120') })], branches: [{ name: 'main', sha: sha('aaa') }] });

  it('is named by our record, the title, the tag of its commit, or the commit', () => {
    const requests = new Map([[100, aRequest({ version: { label: 'v9', kind: 'tag', ref: 'v9', sha: sha('9') } })]]);
    assert.equal(runVersion(aRun(), 'production', { ...context, requests }, names), 'v9');
    assert.equal(runVersion(aRun({ sha: sha('aaa') }), 'production', context, names), 'v1.2.0');
    assert.equal(runVersion(aRun({ title: 'Go', sha: sha('120') }), 'production', context, names), 'v1.2.0');
    assert.equal(runVersion(aRun({ title: 'Deploy main to production', sha: sha('abc') }), 'production', context, names), 'abc0000');
  });
});
