import assert from 'node:assert/strict';
import { nothingKnown, type Knowledge } from '../../../src/app/knowledge.ts';
import { needsOf } from '../../../src/app/needs.ts';
import type { Overview } from '../../../src/core/gitHub.ts';
import type { ShippedVersion } from '../../../src/core/liveVersion.ts';
import { aShipped } from '../../support/build.ts';
import { anEnvironment } from '../../support/screen.ts';

const overview: Overview = {
  viewer: 'camille', permission: 'write', isArchived: false, isEmpty: false, parent: undefined, defaultBranch: 'main', environments: [],
  deployments: [], deploymentsComplete: false, releases: [], releaseCount: 0, nextReleases: undefined, branches: [], commits: [], locks: [], workflowFiles: [],
};
const knowledge: Knowledge = { ...nothingKnown, overview };

function olderAskedFor(...states: readonly ShippedVersion['state'][]): readonly string[] {
  const history = states.map((state) => aShipped({ state, succeededAt: undefined }));
  return needsOf(knowledge, [anEnvironment({ history, live: 'unknown' })]).deployments;
}

describe('what rows still need', () => {
  it('asks for older deployments where the known ones ended and none of them well', () => {
    assert.deepEqual(olderAskedFor('failed'), ['production']);
    assert.deepEqual(olderAskedFor('inProgress', 'cancelled'), ['production']);
  });

  it('asks for none where nothing was ever completed: the overview would have brought the latest', () => {
    assert.deepEqual(olderAskedFor(), []);
    assert.deepEqual(olderAskedFor('inProgress', 'waiting'), []);
  });
});
