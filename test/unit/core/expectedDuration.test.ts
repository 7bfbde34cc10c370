import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { expectedDuration, median } from '../../../src/core/expectedDuration.ts';
import { pullRequestsIn } from '../../../src/core/pullRequests.ts';
import { aCommit, aDeployment, aRun, minutes } from '../../support/build.ts';

function ended(id: number, from: number, to: number, more: Parameters<typeof aRun>[0] = {}) {
  return aRun({ id, status: 'completed', conclusion: 'success', createdAt: minutes(0), startedAt: minutes(from), updatedAt: minutes(to), ...more });
}

describe('expected duration', () => {
  it('is the median of successful deploys, each from the start of its attempt, without waiting for a reviewer', () => {
    const runs = [
      ended(1, 10, 12), ended(2, 20, 24), ended(3, 30, 96, { attempt: 2 }),
      ended(4, 0, 99, { conclusion: 'failure' }), aRun({ id: 6, status: 'inProgress', updatedAt: minutes(99) }),
    ];
    const waited = aDeployment({ runId: 3, statuses: [['waiting', 31], ['inProgress', 91], ['success', 96]] });
    assert.deepEqual(expectedDuration('production', runs, [waited]), { medianMs: 4 * 60_000, count: 3 });
  });

  it('falls back to the deployments themselves, and says nothing when there are none', () => {
    const deployments = [aDeployment({ statuses: [['inProgress', 1], ['success', 3]] }), aDeployment({ id: 2, statuses: [['failure', 9]] })];
    assert.deepEqual(expectedDuration('Production', [], deployments), { medianMs: 3 * 60_000, count: 1 });
    assert.equal(expectedDuration('staging', [], deployments), undefined);
  });

  it('knows the median of even and odd counts', () => {
    assert.deepEqual([median([3]), median([1, 9]), median([9, 1, 5])], [3, 5, 5]);
  });
});

describe('pull requests', () => {
  it('counts each once, by GitHub’s link or the title it writes', () => {
    const commits = [
      aCommit('a', [], { headline: 'feat: import (#12)' }), aCommit('b', [], { headline: 'Merge pull request #13 from lumen/x' }),
      aCommit('c', [], { headline: 'fix', pullRequest: { number: 12, title: 'Import' } }), aCommit('d', [], { headline: 'see (#99) for more' }),
    ];
    assert.deepEqual(pullRequestsIn(commits), [12, 13]);
  });
});
