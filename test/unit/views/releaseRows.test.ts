import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { releaseRows } from '../../../src/views/releaseRows.ts';
import { aCommit, aRelease, aShipped, aTarget, aTargetWorkflow, minutes, sha } from '../../support/build.ts';
import { aFacts, aLive, anEnvironment, aReader, aState, block, treeText } from '../../support/screen.ts';

const deploy = aTargetWorkflow({ version: 'version' });
const history = [
  aCommit(sha('aaa'), [sha('aab')], { headline: 'Show the invoice', committedAt: minutes(90), pullRequest: { number: 41, title: 'Invoice' } }),
  aCommit(sha('aab'), [sha('142')], { headline: 'Fix a typo', committedAt: minutes(80), author: 'bo' }),
  aCommit(sha('142'), [sha('141')]),
];
const commits = new Map(history.map((commit) => [commit.sha, commit]));

describe('the view Releases', () => {
  it('shows what is unreleased on top, then each release with where it is live and what kind it is', () => {
    const state = aState({
      facts: aFacts({ commits }),
      environments: [
        anEnvironment({ target: aTarget({ environment: 'staging', isProduction: false, deploy }), history: [aLive('v1.4.2', '142', { environment: 'staging' })] }),
        anEnvironment({
          target: aTarget({ deploy }),
          history: [aLive('v1.4.2', '142'), aShipped({ deploymentId: 3, label: 'v1.4.1', sha: sha('141') })],
        }),
      ],
      releases: [
        aRelease('v1.5.0', { id: 4, isDraft: true, sha: undefined, publishedAt: undefined, name: 'Invoices' }),
        aRelease('v1.4.2', { id: 3, sha: sha('142'), publishedAt: minutes(30) }),
        aRelease('v1.4.2-rc.1', { id: 2, sha: sha('14c'), isPrerelease: true, publishedAt: minutes(10) }),
        aRelease('v1.4.1', { id: 1, sha: sha('141'), publishedAt: minutes(-2000) }),
      ],
    });
    assert.equal(
      treeText(releaseRows(state, aReader()), { context: true }),
      block(`
        Unreleased: 2 commits  on main since v1.4.2  [git-commit charts.blue]  {unreleased deployable openable comparable copyable}
          Show the invoice  aaa0000 · ana · 30m ago  [git-merge]  {commit deployable openable comparable copyable}
          Fix a typo  aab0000 · bo · 40m ago  [git-commit]  {commit deployable openable comparable copyable}
        v1.5.0  draft · Invoices · 2h ago  [edit disabledForeground]  {release openable}
        v1.4.2  ● staging, production · 1h ago  [tag charts.green]  {release deployable openable copyable}
        v1.4.2-rc.1  pre-release · 1h ago  [beaker]  {release deployable openable comparable copyable}
        v1.4.1  yesterday  [tag]  {release deployable rollbackable openable comparable copyable}
      `),
    );
  });

  it('counts no commit that a release holds through a merge on another branch', () => {
    const merge = aCommit(sha('fff'), [sha('142'), sha('aab')], { headline: 'Release v1.5.0', committedAt: minutes(85) });
    const root = aCommit(sha('141'), []);
    const state = aState({
      facts: aFacts({ commits: new Map([...commits, [merge.sha, merge], [root.sha, root]]), branches: [{ name: 'develop', sha: sha('aaa') }], defaultBranch: 'develop' }),
      environments: [anEnvironment({ target: aTarget({ branch: 'develop', deploy }) })],
      releases: [aRelease('v1.5.0', { id: 5, sha: sha('fff'), publishedAt: minutes(85) }), aRelease('v1.4.2', { id: 3, sha: sha('142'), publishedAt: minutes(30) })],
    });
    assert.equal(
      treeText(releaseRows(state, aReader()).slice(0, 1)),
      block(`
        Unreleased: 1 commit  on develop since v1.5.0  [git-commit charts.blue]
          Show the invoice  aaa0000 · ana · 30m ago  [git-merge]
      `),
    );
  });

  it('counts for each branch that deploys, since its own newest release', () => {
    const develop = aTarget({ environment: 'staging', isProduction: false, branch: 'develop', deploy });
    const more = aCommit(sha('dde'), [sha('aab')], { headline: 'Try it' });
    const state = aState({
      facts: aFacts({ commits: new Map([...commits, [more.sha, more]]), branches: [{ name: 'main', sha: sha('142') }, { name: 'develop', sha: sha('dde') }] }),
      environments: [anEnvironment({ target: develop }), anEnvironment({ target: aTarget({ deploy }) })],
      releases: [aRelease('v1.5.0-rc.1', { id: 2, sha: sha('aab'), isPrerelease: true }), aRelease('v1.4.2', { sha: sha('142') })],
    });
    assert.equal(
      treeText(releaseRows(state, aReader()).slice(0, 1)),
      block(`
        Unreleased: 2 commits  on develop since v1.4.2  [git-commit charts.blue]
          Fix a typo  aab0000 · bo · 40m ago  [git-commit]
          Try it  dde0000 · ana · 2h ago  [git-commit]
      `),
    );
  });

  it('says when everything is released, and nothing where the known commits do not prove the count', () => {
    const released = aState({ facts: aFacts({ commits, branches: [{ name: 'main', sha: sha('142') }] }), releases: [aRelease('v1.4.2', { sha: sha('142') })] });
    const [row] = releaseRows(released, aReader());
    assert.deepEqual([row?.label, row?.description, row?.collapsible], ['Everything is released', 'main is v1.4.2', 'none']);
    const unproven = aState({ facts: aFacts({ commits: new Map() }), releases: [aRelease('v1.4.2', { sha: sha('142') })] });
    assert.deepEqual(releaseRows(unproven, aReader()).map(({ label }) => label), ['v1.4.2']);
  });

  it('ends with what loads more, as long as there is more', () => {
    const [release] = [aRelease('v1.4.2')];
    const end = (moreReleases: ReturnType<typeof aState>['moreReleases']) => releaseRows(aState({ releases: [release], moreReleases }), aReader()).at(-1);
    const more = end({ total: 200, isLoading: false });
    assert.deepEqual([more?.label, more?.description, more?.icon, more?.command, more?.contextValue], ['Load More…', '1 of 200', { codicon: 'ellipsis' }, 'boussole.loadMoreReleases', 'more']);
    const loading = end({ total: 200, isLoading: true });
    assert.deepEqual([loading?.label, loading?.key === more?.key, loading?.command], ['Loading…', true, undefined]);
    assert.equal(end(undefined)?.label, 'v1.4.2');
  });

  it('cuts and cleans hostile names', () => {
    const state = aState({ releases: [aRelease(`v1\u202E${'x'.repeat(10_000)}`, { name: '$(bug) **bold**\u0000' })] });
    const [row] = releaseRows(state, aReader());
    assert.equal(row?.label, `v1${'x'.repeat(77)}…`);
    assert.equal(row.description, '$(bug) **bold** · 2h ago');
    assert.match(row.tooltip[0] ?? '', / — \\\\\\\$\\\(bug\\\) \\\*\\\*bold\\\*\\\*$/);
  });
});
