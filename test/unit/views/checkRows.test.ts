import assert from 'node:assert/strict';
import { SetupChecks } from '../../../src/app/setupChecks.ts';
import type { SetupItem, SetupState } from '../../../src/core/setupItem.ts';
import { text } from '../../../src/core/text.ts';
import { checkRows } from '../../../src/views/checkRows.ts';
import { CheckTree } from '../../../src/views/checkTree.ts';
import { repository } from '../../support/build.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { windowState } from '../../support/fakeVscode/window.ts';
import { aReader, block, treeText } from '../../support/screen.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const item = (id: string, state: SetupState): SetupItem => ({
  id, state, title: text('Point {id}', { id }), detail: text('as it is'), why: text('Because it matters.'), source: 'https://example.com/page',
  ...(state === 'problem' ? { action: { title: text('Open Settings on GitHub'), command: 'boussole.openOnGitHub', argument: { repositoryKey: 'k', url: 'https://github.com/x' } } } : {}),
});
const sections = [
  { id: 'environment:production', title: text('{environment}', { environment: 'production' }), items: [item('a', 'ok'), item('b', 'problem'), item('c', 'unknown')] },
  { id: 'repository', title: text('Secrets of the repository'), items: [item('d', 'ok')] },
];
const files = { problems: 3, files: 2, looked: 4 };

describe('the rows of the check', () => {
  it('stand worst first, each state with its word', () => {
    assert.equal(treeText(checkRows({ files, settings: [{ repository, sections }] }, aReader())), block(`
      Workflow files  3 problems in 2 files  [warning charts.yellow]
      production  1 to mend  [warning charts.yellow]
        Point b  as it is  [warning charts.yellow]
        Point c  as it is  [question disabledForeground]
        Point a  as it is  [pass-filled charts.green]
      Secrets of the repository  in order  [pass-filled charts.green]
        Point d  as it is  [pass-filled charts.green]
    `));
  });

  it('say whose settings they are when there are several repositories', () => {
    const other = { ...repository, name: 'site' };
    const rows = checkRows({ files: { problems: 0, files: 0, looked: 1 }, settings: [{ repository, sections: [] }, { repository: other, sections: [] }] }, aReader());
    assert.deepEqual(rows.map(({ label, description }) => `${label} ${description}`.trim()), ['Workflow files no problem', 'lumen/crm', 'lumen/site']);
    assert.equal(new Set(rows.map(({ key }) => key)).size, 3);
  });

  it('tell why and where to read more, also to who cannot see them', () => {
    const [, section] = checkRows({ files, settings: [{ repository, sections }] }, aReader());
    const [row] = section?.children?.() ?? [];
    assert.match(row?.tooltip.join('\n') ?? '', /Because it matters[\s\S]*https:\/\/example\.com\/page/);
    assert.match(row?.accessibilityLabel ?? '', /Point b, problem, as it is/);
    assert.deepEqual([row?.contextValue, row?.command, row?.argument.url], ['setup openable', 'boussole.openOnGitHub', 'https://github.com/x']);
  });
});

describe('the list of the check', () => {
  afterEach(resetVscode);

  it('is drawn again only where something changed', async () => {
    const checks = new SetupChecks();
    const tree = new CheckTree(checks, new VirtualClock());
    const view = windowState.treeViews.get('boussole.checks');
    assert.ok(view);
    checks.show([{ repository, sections }], files);
    assert.match(await view.text(), /Workflow files {2}3 problems in 2 files/);
    const before = view.refreshed.length;
    checks.countFiles(files);
    assert.equal(view.refreshed.length, before);
    checks.countFiles({ ...files, problems: 0, files: 0 });
    assert.deepEqual(view.refreshed.slice(before).map((rows) => rows?.length), [1]);
    assert.match(await view.text(), /Workflow files {2}no problem/);
    tree.dispose();
  });

  it('says above the rows, and once, what stood between it and GitHub', () => {
    const checks = new SetupChecks();
    const tree = new CheckTree(checks, new VirtualClock());
    const trouble = text('{host} cannot be reached. Check your network connection.', { host: 'github.com' });
    checks.show([{ repository, sections, trouble }, { repository: { ...repository, name: 'site' }, sections, trouble }], files);
    assert.equal(tree.view.message, 'github.com cannot be reached. Check your network connection.');
    checks.show([{ repository, sections }], files);
    assert.equal(tree.view.message, '');
    tree.dispose();
  });
});
