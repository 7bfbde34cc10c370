import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { initialState, type RepositoryState } from '../../../src/app/repositoryState.ts';
import { versionChoices } from '../../../src/app/versionChoices.ts';
import { aCommit, aRelease, aTarget, aTargetWorkflow, minutes, monday, repository, sha } from '../../support/build.ts';

const state: RepositoryState = {
  ...initialState(repository),
  releases: [
    aRelease('v2.0.0', { isDraft: true, sha: undefined, publishedAt: undefined }), aRelease('v1.3.0-rc.1', { sha: sha('13'), isPrerelease: true }),
    aRelease('v1.2.0', { sha: sha('12') }), aRelease('v1.1.0', { sha: undefined }),
  ],
  facts: {
    viewer: 'camille', permission: 'write', isArchived: false, isEmpty: false, parent: undefined, defaultBranch: 'main', unreadable: [], asOf: monday,
    branches: [{ name: 'main', sha: sha('aa') }, { name: 'develop', sha: sha('dd') }],
    tags: [{ name: 'v1.2.0', sha: sha('12') }, { name: 'nightly', sha: sha('99') }],
    commits: new Map([aCommit(sha('aa')), aCommit(sha('c1'), [], { committedAt: minutes(1) }), aCommit(sha('c2'), [], { committedAt: minutes(2) })].map((one) => [one.sha, one])),
  },
};

function offered(target: ReturnType<typeof aTarget>) {
  const all = versionChoices(state, target);
  const labels = (list: typeof all) => list.map(({ version }) => version.label);
  return { open: labels(all.filter(({ disabled }) => !disabled)), closed: labels(all.filter(({ disabled }) => disabled)) };
}

describe('versions on offer', () => {
  const withVersion = aTargetWorkflow({ version: 'version' });

  it('are the newest releases first for production', () => {
    assert.deepEqual(offered(aTarget({ deploy: withVersion })), {
      open: ['v1.3.0-rc.1', 'v1.2.0', 'main', 'develop', 'nightly', 'c200000', 'c100000'], closed: ['v2.0.0', 'v1.1.0'],
    });
  });

  it('are the head of its branch first elsewhere', () => {
    assert.equal(offered(aTarget({ environment: 'staging', isProduction: false, branch: 'develop', deploy: withVersion })).open[0], 'develop');
  });

  it('are only branches and tags for a workflow that takes no version; commits say why not', () => {
    const { open, closed } = offered(aTarget());
    assert.deepEqual(open, ['main', 'v1.3.0-rc.1', 'v1.2.0', 'develop', 'nightly']);
    assert.deepEqual(closed, ['v2.0.0', 'v1.1.0', 'c200000', 'c100000']);
  });

  it('are all closed, with the reason, where nothing deploys', () => {
    const target = aTarget({ deploy: undefined, whyNot: 'The workflow that deploys to {environment} is disabled. Enable it on GitHub.' });
    assert.deepEqual(offered(target).open, []);
    assert.equal(versionChoices(state, target)[0]?.disabled?.message, target.whyNot);
  });
});
