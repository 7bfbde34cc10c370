import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { TreeView } from 'vscode';
import { DeployError } from '../../../src/core/deployError.ts';
import { text } from '../../../src/core/text.ts';
import type { Row } from '../../../src/views/row.ts';
import { markdown, RowTree, treeItem } from '../../../src/views/treeView.ts';
import { environmentsView, runsView, type ViewContent } from '../../../src/views/viewContent.ts';
import { aJob, aRequest, aRun, aShipped, aTarget, minutes, repository, sha } from '../../support/build.ts';
import { resetVscode, window, type TreeItem } from '../../support/fakeVscode.ts';
import type { FakeTreeDataProvider, FakeTreeView } from '../../support/fakeVscode/treeView.ts';
import { aLive, anEnvironment, aState, block } from '../../support/screen.ts';
import { ShownSession, ShownSessions } from '../../support/shownSession.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const staging = anEnvironment({ target: aTarget({ environment: 'staging', isProduction: false }), history: [aLive('v1.4.3', '143', { environment: 'staging' })] });
const production = anEnvironment({ history: [aLive('v1.4.2', '142'), aShipped({ deploymentId: 3, label: 'v1.4.1', sha: sha('141'), createdAt: minutes(-5000), succeededAt: minutes(-5000) })] });
const runs = { filter: {}, runs: [aRun({ id: 7, startedAt: minutes(119), status: 'inProgress' })], total: 1, hasMore: false, loadingMore: false };

/** A tree in a fake view, as the activation shell puts them together. */
function show(content: ViewContent, sessions: ShownSessions, clock: VirtualClock) {
  let provider: RowTree | undefined;
  const redraws: (readonly string[] | 'all')[] = [];
  const delegating: FakeTreeDataProvider<Row> = {
    getTreeItem: (row) => provider?.getTreeItem(row) as unknown as TreeItem,
    getChildren: (row) => provider?.getChildren(row),
  };
  const view: FakeTreeView<Row> = window.createTreeView('boussole.test', { treeDataProvider: delegating });
  provider = new RowTree(sessions, content, view as unknown as TreeView<Row>, clock);
  provider.onDidChangeTreeData((rows) => redraws.push(rows ? rows.map(({ label }) => label) : 'all'));
  return { tree: provider, view, redraws };
}

const golden = (live: string, commit: string) => block(`
  ▸ staging  v1.4.3 · up to date · 1h ago · ana · 1430000
  ▾ production  ${live} · up to date · 1h ago · ana · ${commit}
      ${live}  live · 1h ago · ana · ${commit}
      v1.4.1  3d ago · ana · 1410000
`);

describe('a tree view', () => {
  afterEach(resetVscode);

  it('shows rows, keeps what is open, and draws again only what changed', async () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ environments: [staging, production] }));
    const { view, redraws } = show(environmentsView, new ShownSessions(shown), clock);
    await view.expand('production');
    const before = await view.element('production');
    assert.equal(await view.text(), golden('v1.4.2', '1420000'));

    const after = anEnvironment({ history: [aLive('v1.4.4', '144'), ...production.history.slice(1)] });
    shown.set({ environments: [staging, after] });
    assert.deepEqual(redraws, [['production']]);
    assert.equal(await view.text(), golden('v1.4.4', '1440000'));
    assert.equal(await view.element('production'), before);
    assert.equal(before.argument.sha, sha('144'));
  });

  it('draws a changed child alone, and the whole when the first level changed', async () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ environments: [staging, production] }));
    const { view, redraws } = show(environmentsView, new ShownSessions(shown), clock);
    await view.expand('production');
    await view.text();
    const history = production.history.map((one) => (one.deploymentId === 3 ? { ...one, isRollback: true } : one));
    shown.set({ environments: [staging, { ...production, history }] });
    assert.deepEqual(redraws, [['v1.4.1']]);
    shown.set({ environments: [production] });
    assert.deepEqual(redraws[1], 'all');
    await view.text();
    shown.set({ releases: [] });
    assert.equal(redraws.length, 2);
  });

  it('moves elapsed times only while it is seen, and sleeps after dispose', async () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ runs }));
    const { tree, view, redraws } = show(runsView, new ShownSessions(shown), clock);
    assert.match(await view.text(), / 1m · in progress ·/);
    await clock.advance(10_000);
    assert.deepEqual(redraws, [['Deploy v1.2.0 to production'], ['Deploy v1.2.0 to production']]);
    assert.match(await view.text(), / 1m 10s · in progress ·/);
    view.setVisible(false);
    assert.equal(clock.waiting, 0);
    shown.set({ runs: { ...runs, runs: [] } });
    assert.equal(redraws.length, 2);
    view.setVisible(true);
    assert.equal(redraws[2], 'all');
    assert.equal(view.message, 'No workflow has run yet.');
    tree.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('has jobs loaded once when a run is opened', async () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ runs }));
    const { view } = show(runsView, new ShownSessions(shown), clock);
    await view.expand('Deploy');
    assert.match(await view.text(), /\n {4}Loading…$/);
    await view.text();
    assert.deepEqual(shown.loadedJobs, [7]);
    shown.set({ runs: { ...runs, runs: [aRun({ id: 7, startedAt: minutes(119), status: 'inProgress', attempt: 2 })] } });
    await view.text();
    assert.deepEqual(shown.loadedJobs, [7, 7]);
    shown.set({ jobs: new Map([[7, [aJob({ id: 70, runId: 7, startedAt: minutes(119) })]]]) });
    assert.match(await view.text(), /\n {4}ship {2}in progress · 1m$/);
  });

  it('puts repositories on top when there are several, with the same rows and keys below', async () => {
    const clock = new VirtualClock(minutes(120));
    const one = new ShownSession(clock, aState({ environments: [staging] }));
    const two = new ShownSession(clock, aState({ environments: [staging], repository: { ...repository, name: 'shop' } }));
    const sessions = new ShownSessions(one);
    const { view, redraws } = show(environmentsView, sessions, clock);
    const before = (await view.element('staging')).key;
    sessions.change({ kind: 'ready' }, one, two);
    assert.equal(redraws.at(-1), 'all');
    assert.equal(
      await view.text(),
      block(`
        ▾ crm  lumen
          ▸ staging  v1.4.3 · up to date · 1h ago · ana · 1430000
        ▾ shop  lumen
          ▸ staging  v1.4.3 · up to date · 1h ago · ana · 1430000
      `),
    );
    assert.equal((await view.element('staging')).key, before);
  });

  it('says what is wrong and how old the picture is, and why one is signed out', async () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ environments: [production] }));
    const sessions = new ShownSessions(shown);
    const { view } = show(environmentsView, sessions, clock);
    assert.equal(view.message ?? '', '');
    const error = new DeployError('offline', '{host} does not answer.', { values: { host: 'github.com' } });
    shown.set({ connection: { kind: 'failed', error, asOf: minutes(108), retryAt: undefined } });
    assert.equal(view.message, 'github.com does not answer. Shown as of 12m ago.');
    await clock.advance(60_000);
    assert.equal(view.message, 'github.com does not answer. Shown as of 13m ago.');
    sessions.change({ kind: 'signedOut', host: repository.host, reason: text('The sign-in has expired.') });
    assert.equal(view.message, 'The sign-in has expired.');
    assert.equal(await view.text(), '  Sign In to GitHub\n  Use a Token…\n  Explore the Sample Team');
  });

  it('counts on its badge the deployments that wait for this person', () => {
    const clock = new VirtualClock(minutes(120));
    const pending = [{ environmentId: 1, environment: 'production', canApprove: true, reviewers: ['camille'] }];
    const seen = { runId: 7, attempt: 1, url: '', run: undefined, jobs: [], pending };
    const shown = new ShownSession(clock, aState({ tracked: [{ key: 'k', request: aRequest(), phase: 'waiting', seen }] }));
    const { view } = show(environmentsView, new ShownSessions(shown), clock);
    assert.deepEqual(view.badge, { value: 1, tooltip: '1 deployment waits for your approval' });
    shown.set({ tracked: [] });
    assert.equal(view.badge, undefined);
  });

  it('brings a run to front, also before VS Code asked for any row', async () => {
    const clock = new VirtualClock(minutes(120));
    const { tree, view } = show(runsView, new ShownSessions(new ShownSession(clock, aState({ runs }))), clock);
    assert.equal(await tree.revealRun({ repositoryKey: 'github.com/lumen/crm', runId: 8 }), false);
    assert.equal(await tree.revealRun({ repositoryKey: 'github.com/lumen/crm', runId: 7 }), true);
    assert.deepEqual(view.revealed, [await view.element('Deploy')]);
  });

  it('shows the filter of the runs in its description', () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ runs: { ...runs, runs: [], filter: { environment: 'staging', status: 'in_progress', mine: true } } }));
    const { view } = show(runsView, new ShownSessions(shown), clock);
    assert.deepEqual([view.description, view.message], ['staging · in progress · mine', 'No run matches the filter.']);
  });
});

describe('a tree item', () => {
  afterEach(resetVscode);

  it('carries what menus, screen readers and tooltips need, and no trusted markdown', () => {
    const row: Row = {
      key: 'k', label: 'Upload', description: '6s', icon: { codicon: 'pass', color: 'charts.green' }, tooltip: ['**Upload**'], contextValue: 'step hasLog',
      collapsible: 'none', command: 'boussole.openLog', accessibilityLabel: 'Upload, succeeded, 6s', argument: { repositoryKey: 'r', runId: 1, jobId: 2 },
    };
    const { tooltip, iconPath, ...rest } = treeItem(row);
    assert.deepEqual(
      { ...rest },
      {
        label: 'Upload', collapsibleState: 0, id: 'k', description: '6s', contextValue: 'step hasLog', accessibilityInformation: { label: 'Upload, succeeded, 6s' },
        command: { command: 'boussole.openLog', title: 'Upload', arguments: [row.argument] },
      },
    );
    assert.deepEqual(JSON.parse(JSON.stringify({ tooltip, iconPath })), {
      tooltip: { value: '**Upload**', supportThemeIcons: true, isTrusted: false },
      iconPath: { id: 'pass', color: { id: 'charts.green' } },
    });
  });

  it('sets lists off from the lines around them', () => {
    assert.equal(markdown(['a', '- b', '- c', 'd']).value, 'a  \n\n- b  \n- c\n  \nd');
  });
});
