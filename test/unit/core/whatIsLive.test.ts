import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { VersionNames } from '../../../src/core/versionNames.ts';
import { firstSuccess, liveDeployment, liveIn, shippedVersions, type LiveSources } from '../../../src/core/whatIsLive.ts';
import { aDeployment, aRelease, aRequest, aRun, minutes, sha } from '../../support/build.ts';

const names = new VersionNames({
  releases: [aRelease('v1.2.0', { sha: sha('120') }), aRelease('v1.3.0', { sha: sha('130') })],
  branches: [{ name: 'main', sha: sha('aaa') }, { name: 'develop', sha: sha('ddd') }, { name: 'staging', sha: sha('eee') }],
});

function sources(more: Partial<LiveSources>): LiveSources {
  return { environment: 'production', environments: ['staging', 'production'], deployments: [], runs: new Map(), requests: new Map(), names, ...more };
}

function liveOf(more: Partial<LiveSources>) {
  return liveIn(shippedVersions(sources(more)));
}

const siteSays = (version: string) => ({ version, sha: undefined, at: minutes(9), url: 'https://crm.example/version' });

describe('a record that the pipeline wrote itself', () => {
  const known = new VersionNames({ releases: [], branches: [{ name: 'develop', sha: sha('d') }] });
  const run = aRun({ id: 1, event: 'workflow_dispatch', title: 'Deploy develop to staging', branch: 'main', sha: sha('c'), actor: 'camille' });
  const deployment = aDeployment({ environment: 'staging', runId: 1, sha: sha('d'), creator: 'github-actions', shipped: { version: 'v1.4.0-rc.7', sha: sha('d'), actor: 'ana' } });
  const given = { environment: 'staging', environments: ['staging'], deployments: [deployment], requests: new Map(), names: known };

  it('is not contradicted by a title that names the branch, and names its candidate', () => {
    const [shipped] = shippedVersions({ ...given, runs: new Map([[1, run]]) });
    assert.deepEqual([shipped?.label, shipped?.verdict, shipped?.by], ['v1.4.0-rc.7', 'agree', 'camille']);
  });

  it('names its candidate also for whom dispatched a branch, and who asked when the run is not known', () => {
    const request = aRequest({ environment: 'staging', version: { label: 'develop', kind: 'branch', ref: 'develop', sha: sha('d') } });
    const [own] = shippedVersions({ ...given, runs: new Map(), requests: new Map([[1, request]]) });
    assert.deepEqual([own?.label, own?.verdict], ['v1.4.0-rc.7', 'agree']);
    const [old] = shippedVersions({ ...given, runs: new Map() });
    assert.deepEqual([old?.by, old?.isProvisional], ['ana', undefined]);
  });

  it('means the commit that it names, though the run ran on the same', () => {
    const [shipped] = shippedVersions({ ...given, runs: new Map([[1, { ...run, sha: sha('d') }]]) });
    assert.deepEqual(shipped?.evidence.filter(({ namesRunCommit }) => namesRunCommit), []);
  });

  it('goes by its tag where there is one', () => {
    const tagged = new VersionNames({ releases: [], tags: [{ name: 'v1.4.0', sha: sha('d') }] });
    assert.equal(shippedVersions({ ...given, names: tagged, runs: new Map() })[0]?.label, 'v1.4.0');
  });
});

describe('what is live', () => {
  it('is the deployment whose first success is the latest, whatever its creation time', () => {
    const waited = aDeployment({ id: 1, createdAt: minutes(0), statuses: [['waiting', 0], ['inProgress', 9], ['success', 10]] });
    const younger = aDeployment({ id: 2, createdAt: minutes(2), statuses: [['success', 4], ['inactive', 10]] });
    assert.equal(liveDeployment([younger, waited], 'Production')?.id, 1);
  });

  it('is never the newest that failed, never another environment, and survives inactive', () => {
    const live = aDeployment({ id: 1, statuses: [['success', 1], ['inactive', 3]] });
    const failed = aDeployment({ id: 2, createdAt: minutes(2), statuses: [['failure', 3]] });
    const staging = aDeployment({ id: 3, environment: 'staging', createdAt: minutes(4), statuses: [['success', 5]] });
    assert.equal(liveDeployment([staging, failed, live], 'production')?.id, 1);
    assert.equal(liveDeployment([failed], 'production'), undefined);
  });

  it('holds for any set of deployments', () => {
    const state = fc.constantFrom('success', 'failure', 'inactive', 'inProgress', 'waiting');
    const deployment = fc.record({ created: fc.nat(50), statuses: fc.array(fc.tuple(state, fc.nat(100)), { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(deployment, { maxLength: 12 }), (list) => {
        const deployments = list.map(({ created, statuses }, id) => aDeployment({ id, createdAt: minutes(created), statuses }));
        const live = liveDeployment(deployments, 'production');
        const successes = deployments.flatMap((one) => firstSuccess(one) ?? []);
        assert.equal(live ? firstSuccess(live) : undefined, successes.length > 0 ? Math.max(...successes) : undefined);
        const history = shippedVersions(sources({ deployments }));
        assert.equal(history.filter((shipped) => shipped.state === 'live').length, live ? 1 : 0);
        assert.equal(liveIn(history)?.deploymentId, live?.id);
      }),
      { seed: 1 },
    );
  });

  it('names what a dispatch on main really shipped, and shows that the record says otherwise', () => {
    const run = aRun({ id: 5, title: 'Deploy v1.2.0 to production', sha: sha('aaa') });
    const live = liveOf({ deployments: [aDeployment({ runId: 5, sha: sha('aaa') })], runs: new Map([[5, run]]) });
    assert.deepEqual([live?.label, live?.sha, live?.verdict, live?.conflict], ['v1.2.0', sha('120'), 'disagree', 'recordOnly']);
    assert.deepEqual(live?.evidence.at(-1)?.namesRunCommit, { branch: 'main' });
    assert.deepEqual(live?.evidence.map(({ source, version, sha: said }) => [source, version, said]), [
      ['runTitle', 'v1.2.0', sha('120')],
      ['deploymentRecord', undefined, sha('aaa')],
    ]);
  });

  it('takes only the commit of a run started by hand for an explanation: every other contradiction is a real one', () => {
    const run = aRun({ id: 5, title: 'Deploy v1.2.0 to production', sha: sha('aaa') });
    const dispatched = { deployments: [aDeployment({ runId: 5, sha: sha('aaa') })], runs: new Map([[5, run]]) };
    const request = aRequest({ version: { label: 'v1.3.0', kind: 'release', ref: 'v1.3.0', sha: sha('130') } });
    const conflicts = [
      liveOf({ ...dispatched, site: siteSays('v1.2.0') }),
      liveOf({ ...dispatched, site: siteSays('v1.3.0') }),
      liveOf({ ...dispatched, requests: new Map([[5, request]]) }),
      liveOf({ ...dispatched, deployments: [aDeployment({ runId: 5, sha: sha('aaa'), shipped: { version: 'v1.3.0' } })] }),
      liveOf({ ...dispatched, deployments: [aDeployment({ runId: 5, sha: sha('130') })] }),
      liveOf({ ...dispatched, runs: new Map(), requests: new Map([[5, request]]) }),
    ].map((live) => live?.conflict);
    assert.deepEqual(conflicts, ['recordOnly', 'sources', 'sources', 'sources', 'sources', 'recordOnly']);
  });

  it('agrees when the tag that the title names is the commit of the record', () => {
    const run = aRun({ id: 5, branch: 'v1.2.0', title: 'Deploy v1.2.0 to production', sha: sha('120') });
    const live = liveOf({ deployments: [aDeployment({ runId: 5, sha: sha('120') })], runs: new Map([[5, run]]) });
    assert.deepEqual([live?.label, live?.verdict], ['v1.2.0', 'agree']);
  });

  it('trusts our own record before the title, and a payload before the record', () => {
    const run = aRun({ id: 5, title: 'Deploy', sha: sha('aaa') });
    const request = aRequest({ version: { label: 'v1.3.0', kind: 'release', ref: 'v1.3.0', sha: sha('130') } });
    const deployments = [aDeployment({ runId: 5, sha: sha('aaa'), shipped: { version: '1.2.0' } })];
    const known = { deployments, runs: new Map([[5, run]]) };
    assert.equal(liveOf({ ...known, requests: new Map([[5, request]]) })?.label, 'v1.3.0');
    assert.deepEqual([liveOf(known)?.label, liveOf(known)?.sha], ['v1.2.0', sha('120')]);
  });

  it('is only one record’s word when nothing else speaks', () => {
    assert.deepEqual(
      [liveOf({ deployments: [aDeployment({ sha: sha('120') })] }), liveOf({ deployments: [aDeployment({ sha: sha('abc') })] })].map((live) => [live?.label, live?.verdict]),
      [['v1.2.0', 'unknown'], ['abc0000', 'unknown']],
    );
  });

  it('lets the site contradict but never replace', () => {
    const deployments = [aDeployment({ sha: sha('130') })];
    const at = minutes(9);
    const agrees = liveOf({ deployments, site: { version: '1.3.0', sha: undefined, at, url: 'https://crm.example/version' } });
    const denies = liveOf({ deployments, site: { version: 'v1.2.0', sha: undefined, at, url: 'https://crm.example/version' } });
    const short = liveOf({ deployments, site: { version: undefined, sha: sha('130').slice(0, 7), at, url: 'https://crm.example/version' } });
    assert.deepEqual([agrees, denies, short].map((live) => [live?.label, live?.verdict]), [['v1.3.0', 'agree'], ['v1.3.0', 'disagree'], ['v1.3.0', 'agree']]);
  });

  it('does not take a version that a commit title only mentions', () => {
    const run = aRun({ id: 5, event: 'push', title: 'fix: production broke since v1.2.0', sha: sha('aaa') });
    assert.equal(liveOf({ deployments: [aDeployment({ runId: 5, sha: sha('aaa') })], runs: new Map([[5, run]]) })?.label, 'aaa0000');
  });

  it('does not take the title of a run that is about another environment', () => {
    const run = aRun({ id: 5, title: 'Deploy v1.2.0 to staging', sha: sha('130') });
    assert.equal(liveOf({ deployments: [aDeployment({ runId: 5, sha: sha('130') })], runs: new Map([[5, run]]) })?.label, 'v1.3.0');
  });

  it('claims no commit for a branch that the run did not run on', () => {
    const run = aRun({ id: 5, branch: 'main', title: 'Deploy develop to production', sha: sha('aaa') });
    const live = liveOf({ deployments: [aDeployment({ runId: 5, sha: sha('aaa') })], runs: new Map([[5, run]]) });
    assert.deepEqual([live?.label, live?.sha, live?.verdict], ['develop', undefined, 'unknown']);
  });

  it('marks rollbacks, failures, cancels and deploys under way in the history', () => {
    const runs = new Map([
      [1, aRun({ id: 1, workflowPath: '.github/workflows/rollback.yml', title: 'Roll back production to v1.2.0', status: 'completed', conclusion: 'success' })],
      [2, aRun({ id: 2, status: 'completed', conclusion: 'cancelled' })],
      [3, aRun({ id: 3, status: 'waiting' })],
    ]);
    const history = shippedVersions(
      sources({
        runs,
        deployments: [
          aDeployment({ id: 1, createdAt: minutes(1), runId: 1, statuses: [['success', 2]] }),
          aDeployment({ id: 2, createdAt: minutes(2), runId: 2, statuses: [['failure', 3]] }),
          aDeployment({ id: 3, createdAt: minutes(3), runId: 3, statuses: [['waiting', 3]] }),
          aDeployment({ id: 4, createdAt: minutes(4), statuses: [['queued', 4], ['failure', 5], ['inactive', 6]] }),
          aDeployment({ id: 5, createdAt: minutes(0), statuses: [['success', 0]] }),
          aDeployment({ id: 6, createdAt: minutes(5), statuses: [['inProgress', 5]] }),
        ],
      }),
    );
    assert.deepEqual(history.map(({ deploymentId, state, isRollback }) => [deploymentId, state, isRollback]), [
      [6, 'inProgress', false], [4, 'failed', false], [3, 'waiting', false], [2, 'cancelled', false], [1, 'live', true], [5, 'superseded', false],
    ]);
  });
});
