import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { environmentNamedIn } from '../../../src/core/environmentNames.ts';
import { VersionNames } from '../../../src/core/versionNames.ts';
import { aCommit, aRelease, sha } from '../../support/build.ts';

const names = new VersionNames({
  releases: [
    aRelease('v1.2.0', { sha: sha('120') }), aRelease('v1.2.0-rc.1', { sha: sha('120') }), aRelease('v1.20.0', { sha: sha('12f') }),
    aRelease('v9.0.0', { isDraft: true, sha: sha('900') }),
  ],
  tags: [{ name: 'deleted-elsewhere', sha: sha('dee') }, { name: 'v1.2.0-hotfix', sha: sha('121') }],
  branches: [{ name: 'main', sha: sha('aaa') }, { name: 'feature/import', sha: sha('fff') }, { name: 'staging', sha: sha('eee') }],
  commits: new Map([[sha('abc1234'), aCommit(sha('abc1234'))]]),
});

describe('versions named in a title', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['Deploy v1.2.0 to production', 'v1.2.0'],
    ['Deploy 1.2.0 to production [0b6f3f0e-1111-4222-8333-444444444444]', 'v1.2.0'],
    ['Deploy v1.20.0.', 'v1.20.0'],
    ['Ship (v1.2.0-rc.1)', 'v1.2.0-rc.1'],
    ['Deploy v1.2.0-rc.10 to production', undefined],
    ['Deploy xv1.2.0', undefined],
    ['Roll back production from v1.20.0 to v1.2.0', 'v1.2.0'],
    ['Compare v1.20.0 with v1.2.0', undefined],
    ['Deploy abc1234 to staging', sha('abc1234')],
    ['Deploy abd1234 to staging', undefined],
    [`Deploy ${sha('beef')} to staging`, sha('beef')],
    ['Deploy feature/import to staging', 'feature/import'],
    ['Deploy main to staging', 'main'],
    ['Deploy v9.0.0 to production', undefined],
    ['Deploy v1.2.0-hotfix', 'v1.2.0-hotfix'],
    ['', undefined],
  ];
  for (const [title, expected] of cases) {
    it(`finds ${expected ?? 'nothing'} in “${title}”`, () => {
      assert.equal(names.namedIn(title, ['staging', 'production'])?.name, expected);
    });
  }

  it('calls a commit by its release, the highest where it has several', () => {
    assert.deepEqual([names.tagOf(sha('120')), names.tagOf(sha('dee')), names.tagOf(sha('nope'))], ['v1.2.0', 'deleted-elsewhere', undefined]);
  });

  it('reads a hostile title of 10,000 words quickly and finds nothing', () => {
    assert.equal(names.namedIn('v1.2 '.repeat(100_000), []), undefined);
  });
});

describe('environments named in a title', () => {
  const environments = ['staging', 'production', 'production-eu', 'prod/eu west'];
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['Deploy v1 to Production', 'production'],
    ['Deploy v1 to production-eu', 'production-eu'],
    ['Deploy staging to production', 'production'],
    ['Roll back staging to v1', 'staging'],
    ['Deploy v1 (prod/eu west)', 'prod/eu west'],
    ['Move staging and production', undefined],
    ['Deploy reproductions', undefined],
  ];
  for (const [title, expected] of cases) {
    it(`finds ${expected ?? 'nothing'} in “${title}”`, () => {
      assert.equal(environmentNamedIn(title, environments), expected);
    });
  }

  it('asks for whole words', () => {
    assert.deepEqual([environmentNamedIn('to prod', ['prod']), environmentNamedIn('to production', ['prod'])], ['prod', undefined]);
  });
});
