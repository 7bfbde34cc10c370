import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { rollbackCandidates, wasRolledBack } from '../../../src/core/rollbackCandidates.ts';
import { rollbackWay } from '../../../src/core/rollbackWay.ts';
import { aShipped, aTarget, aTargetWorkflow, minutes, sha } from '../../support/build.ts';

const version = { label: 'v1.2.0', kind: 'release', ref: 'v1.2.0', sha: sha('120') } as const;
const deployYml = '.github/workflows/deploy.yml';

describe('rollback candidates', () => {
  it('are those that were live and differ from what is live, by their newest success, each version once', () => {
    const history = [
      aShipped({ deploymentId: 6, sha: sha('6'), state: 'failed', succeededAt: undefined }),
      aShipped({ deploymentId: 5, sha: sha('5'), state: 'live', succeededAt: minutes(5) }),
      aShipped({ deploymentId: 4, sha: sha('5'), succeededAt: minutes(4) }),
      aShipped({ deploymentId: 3, sha: sha('3'), succeededAt: minutes(1) }),
      aShipped({ deploymentId: 2, sha: sha('2'), succeededAt: minutes(3) }),
      aShipped({ deploymentId: 1, sha: sha('3'), succeededAt: minutes(2) }),
    ];
    assert.deepEqual(ids(history), [2, 1]);
  });

  it('put what was rolled back from last', () => {
    const history = [
      aShipped({ deploymentId: 3, sha: sha('1'), state: 'live', isRollback: true, succeededAt: minutes(3) }),
      aShipped({ deploymentId: 2, sha: sha('2'), succeededAt: minutes(2) }),
      aShipped({ deploymentId: 1, sha: sha('1'), succeededAt: minutes(1) }),
      aShipped({ deploymentId: 0, sha: sha('a'), succeededAt: minutes(0) }),
    ];
    assert.deepEqual(ids(history), [0, 2]);
    assert.deepEqual(history.filter((shipped) => wasRolledBack(shipped, history)).map(({ deploymentId }) => deploymentId), [2]);
  });

  it('are none where nothing else was ever live', () => {
    assert.deepEqual(ids([aShipped({ state: 'live' })]), []);
    assert.deepEqual(ids([]), []);
  });
});

describe('the way of a rollback', () => {
  const rollback = aTargetWorkflow({ version: 'version' }, { path: '.github/workflows/rollback.yml' });
  const withVersion = aTargetWorkflow({ version: 'version' });

  it('is the rollback workflow, else the version input, else the tag itself', () => {
    assert.deepEqual(rollbackWay(aTarget({ rollback, deploy: withVersion }), version), { kind: 'rollbackWorkflow', workflow: '.github/workflows/rollback.yml', ref: 'main' });
    assert.deepEqual(rollbackWay(aTarget({ deploy: withVersion }), version), { kind: 'deployWorkflow', workflow: deployYml, ref: 'main' });
    assert.deepEqual(rollbackWay(aTarget(), version), { kind: 'tagDispatch', workflow: deployYml, ref: 'v1.2.0' });
  });

  it('passes over a rollback workflow that cannot be told the version', () => {
    assert.equal(rollbackWay(aTarget({ rollback: aTargetWorkflow(), deploy: withVersion }), version).kind, 'deployWorkflow');
  });

  it('is closed, with the reason, for a bare commit without a version input, and where nothing deploys', () => {
    const commit = { label: 'abc1234', kind: 'commit', ref: sha('abc1234'), sha: sha('abc1234') } as const;
    assert.equal(rollbackWay(aTarget(), commit).kind, 'none');
    assert.equal(rollbackWay(aTarget({ deploy: withVersion }), commit).kind, 'deployWorkflow');
    const closed = rollbackWay(aTarget({ deploy: undefined, whyNot: 'The workflow is disabled.' }), version);
    assert.deepEqual(closed.kind === 'none' && closed.why.message, 'The workflow is disabled.');
    assert.equal(rollbackWay(aTarget({ rollback }), undefined).kind, 'none');
  });
});

function ids(history: Parameters<typeof rollbackCandidates>[0]): readonly number[] {
  return rollbackCandidates(history).map((shipped) => shipped.deploymentId);
}
