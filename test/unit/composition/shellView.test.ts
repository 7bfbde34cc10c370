import assert from 'node:assert/strict';
import { EventEmitter, TreeItem } from 'vscode';
import { ShellView, type RowProvider } from '../../../src/composition/shellView.ts';
import type { Row } from '../../../src/views/row.ts';

/** A provider whose rows and first picture the test decides. */
function provider() {
  const changed = new EventEmitter<Row | undefined>();
  const first = Promise.withResolvers<void>();
  const rows: RowProvider & { shown: Row[] } = {
    shown: [],
    onDidChangeTreeData: changed.event,
    getTreeItem: ({ label }) => new TreeItem(label),
    getChildren: () => rows.shown,
    firstPicture: () => first.promise,
  };
  return { rows, change: () => changed.fire(undefined), settle: first.resolve };
}

/** The test only asks for labels. */
const row = (label: string) => ({ label }) as Row;

describe('a view of the activation shell', () => {
  it('starts the product when it is first asked, and draws the first picture once', async () => {
    const { rows, change, settle } = provider();
    let starts = 0;
    const view = new ShellView('boussole.environments', () => {
      starts += 1;
      view.connect(rows);
      return Promise.resolve();
    });
    let redraws = 0;
    view.onDidChangeTreeData(() => (redraws += 1));
    assert.equal(starts, 0, 'nothing is loaded before somebody looks');

    const asked = Promise.resolve(view.getChildren());
    rows.shown = [row('draft')];
    change();
    rows.shown = [row('production')];
    settle();
    assert.deepEqual(((await asked) ?? []).map(({ label }) => label), ['production']);
    assert.deepEqual([starts, redraws], [1, 0]);

    change();
    assert.equal(redraws, 1, 'later changes are told');
  });

  it('tells of changes when nobody waits', () => {
    const { rows, change } = provider();
    const view = new ShellView('boussole.runs', () => Promise.resolve());
    let redraws = 0;
    view.onDidChangeTreeData(() => (redraws += 1));
    view.connect(rows);
    change();
    assert.equal(redraws, 2);
  });

  it('stays empty when the product could not fill it, and asks again later', async () => {
    let starts = 0;
    const view = new ShellView('boussole.runs', () => Promise.resolve((starts += 1)));
    assert.deepEqual(await view.getChildren(), []);
    assert.deepEqual(await view.getChildren(), []);
    assert.equal(starts, 2);
  });
});
