import assert from 'node:assert/strict';
import { siteLive } from '../../../src/core/siteLive.ts';
import { VersionNames } from '../../../src/core/versionNames.ts';
import { aCommit, aRelease, minutes, sha } from '../../support/build.ts';

const commit = aCommit('abcdef1'.padEnd(40, '0'), []);
const names = new VersionNames({ releases: [aRelease('v1.2.0', { sha: sha('120') })], commits: new Map([[commit.sha, commit]]) });

function told(version: string | undefined, commitSaid?: string) {
  const live = siteLive({ version, sha: commitSaid, at: minutes(9), url: 'https://crm.example/version' }, names);
  return live && [live.label, live.sha, live.verdict];
}

describe('what only the site tells', () => {
  it('is named and unconfirmed, without who and since when', () => {
    assert.deepEqual(told('1.2.0'), ['v1.2.0', sha('120'), 'unknown']);
    const live = siteLive({ version: 'v1.2.0', sha: undefined, at: minutes(9), url: 'https://crm.example/version' }, names);
    assert.deepEqual([live?.since, live?.by, live?.deploymentId, live?.runId], [undefined, '', undefined, undefined]);
    assert.deepEqual(live?.evidence.map(({ source }) => source), ['site']);
  });

  it('is nothing when the site names nothing', () => {
    assert.equal(told(undefined), undefined);
    assert.equal(told(undefined, 'f'.repeat(64)), undefined, 'that is no commit');
  });

  it('has a whole commit or none: a short one is looked up among those known', () => {
    assert.deepEqual(told(undefined, 'abcdef1'), ['abcdef1', commit.sha, 'unknown']);
    assert.deepEqual(told(undefined, '1234567'), ['1234567', undefined, 'unknown']);
    assert.deepEqual(told('2026-11-22 nightly'), ['2026-11-22 nightly', undefined, 'unknown']);
  });
});
