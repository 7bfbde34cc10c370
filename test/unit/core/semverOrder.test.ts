import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compareVersions, inReleaseOrder, isPrereleaseVersion } from '../../../src/core/semverOrder.ts';
import { aRelease, minutes } from '../../support/build.ts';

describe('release order', () => {
  it('puts semantic versions newest first, whatever their dates, then the others by date', () => {
    const tags = [
      ['v1.9.0', 5], ['nightly', 1], ['v1.10.0', 2], ['v1.10.0-rc.1', 9], ['launch-day', 3], ['2.0.0', 0], ['web@1.10.1', 0], ['release-1.0.0', 8],
    ] as const;
    const ordered = inReleaseOrder(tags.map(([tag, minute]) => aRelease(tag, { publishedAt: minutes(minute) })));
    assert.deepEqual(ordered.map((release) => release.tag), [
      '2.0.0', 'web@1.10.1', 'v1.10.0', 'v1.10.0-rc.1', 'v1.9.0', 'release-1.0.0', 'launch-day', 'nightly',
    ]);
  });

  it('dates a draft by its creation', () => {
    const ordered = inReleaseOrder([aRelease('a', { publishedAt: minutes(1) }), aRelease('b', { isDraft: true, publishedAt: undefined, createdAt: minutes(2) })]);
    assert.deepEqual(ordered.map((release) => release.tag), ['b', 'a']);
  });

  it('compares versions only where both are semantic, and knows pre-releases', () => {
    assert.ok((compareVersions('v1.10.0', '1.9.9') ?? 0) > 0);
    assert.equal(compareVersions('v1.10.0', 'main'), undefined);
    assert.deepEqual(['v1.0.0', 'v1.0.0-rc.1', 'main'].map(isPrereleaseVersion), [false, true, false]);
  });
});
