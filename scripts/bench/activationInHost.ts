import { join } from 'node:path';
import { launchBrowser } from '../../test/support/browser/browser.ts';
import { createGitWorkspace } from '../../test/support/gitWorkspace.ts';
import { UndoList } from '../../test/support/undoList.ts';
import { temporaryFolder } from '../../test/support/temporaryFolder.ts';
import { emptyExtensionOf } from './emptyExtension.ts';
import type { Figure } from './figure.ts';
import { benchHost, type BenchHost } from './hostWindow.ts';

const starts = 20;
/** One before and one after ours in the alphabet: whoever is activated first pays for what both need. */
const publishers = ['a-bench', 'z-bench'];
const workflow = { '.github/workflows/deploy.yml': 'on: workflow_dispatch\njobs: {}\n' };

/** How long the extension host itself is busy with us, by VS Code's own account. */
export const activationInHost: Figure = {
  name: 'activation-host',
  how: 'VS Code\'s "Startup Performance" table, both extensions in every start, which of the two comes first in turns',
  async measure({ folder }) {
    const undo = new UndoList();
    try {
      const browser = await launchBrowser();
      undo.add(() => browser.close());
      const workspace = await createGitWorkspace('crm', {}, workflow);
      undo.add(() => workspace.dispose());
      const copies = await temporaryFolder('bench-empty');
      undo.add(() => copies.dispose());
      const hosts: BenchHost[] = [];
      for (const publisher of publishers) {
        const empty = await emptyExtensionOf(publisher, join(copies.path, publisher));
        const host = await benchHost(browser, { extensions: [{ folder }, empty] });
        undo.add(() => host.dispose());
        hosts.push(host);
      }
      const ours: number[] = [];
      const empty: number[] = [];
      for (let start = -hosts.length; start < starts; start++) {
        const turn = Math.abs(start) % hosts.length;
        const table = await hosts[turn]?.inWindow(workspace.folder, (window) => window.observe('startup'));
        // The first start of a server fills the disk's cache.
        if (start < 0 || table === undefined) continue;
        ours.push(activationOf('maboussole.boussole', table));
        empty.push(activationOf(`${publishers[turn]}.empty`, table));
      }
      return [
        {
          what: 'more than an empty extension, in the same start',
          unit: 'ms',
          values: ours.map((value, index) => value - (empty[index] ?? Number.NaN)),
          counts: 'median',
          target: { atMost: 10 },
        },
        { what: 'load code + activate', unit: 'ms', values: ours, counts: 'median', target: undefined },
        { what: 'the same of an empty extension', unit: 'ms', values: empty, counts: 'median', target: undefined },
      ];
    } finally {
      await undo.undo();
    }
  },
};

/** Load Code + Call Activate + Finish Activate of an extension, in milliseconds. */
function activationOf(id: string, table: string): number {
  const row = table.split('\n').find((line) => line.includes(id));
  if (!row) throw new Error(`${id} was not activated:\n${table}`);
  const cells = row.split('|').map((cell) => cell.trim());
  const [load, call, finish] = cells.slice(3, 6).map(Number);
  const total = (load ?? Number.NaN) + (call ?? Number.NaN) + (finish ?? Number.NaN);
  if (Number.isNaN(total)) throw new Error(`The row of ${id} could not be read: ${row}`);
  return total;
}
