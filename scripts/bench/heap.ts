import { setTimeout as delay } from 'node:timers/promises';
import { launchBrowser } from '../../test/support/browser/browser.ts';
import { createGitWorkspace } from '../../test/support/gitWorkspace.ts';
import { simulatedSettings, startSimulator } from '../../test/support/simulatedGitHub.ts';
import { UndoList } from '../../test/support/undoList.ts';
import { emptyExtension } from './emptyExtension.ts';
import type { Figure } from './figure.ts';
import { benchHost } from './hostWindow.ts';
import { isShown, isWhole, openAndWatch } from './screenRecorder.ts';

const rounds = 3;
const restMs = 5_000;
const megabyte = 1024 * 1024;

/** What the extension host keeps in memory for us. */
export const heap: Figure = {
  name: 'heap',
  how: 'real host, scenario large, views opened and at rest, heap in use after garbage collection, in turns with an empty extension',
  async measure({ folder }) {
    const undo = new UndoList();
    try {
      const browser = await launchBrowser();
      undo.add(() => browser.close());
      const sim = await startSimulator({ scenario: 'large' });
      undo.add(() => sim.close());
      const workspace = await createGitWorkspace(sim.repository.name, { origin: sim.remoteUrl }, sim.files);
      undo.add(() => workspace.dispose());
      const host = await benchHost(browser, {
        extensions: [{ folder }, emptyExtension],
        settings: simulatedSettings(sim.url),
        env: { BOUSSOLE_TEST_TOKEN: sim.token },
      });
      undo.add(() => host.dispose());
      const bare = await benchHost(browser, { extensions: [emptyExtension] });
      undo.add(() => bare.dispose());
      const inUse = (where: typeof host, title: string) =>
        where.inWindow(workspace.folder, async ({ page, observe }) => {
          await delay(restMs);
          await openAndWatch(page, title, title === 'Boussole' ? isWhole : isShown);
          return Number(await observe('heap')) / megabyte;
        });
      const ours: number[] = [];
      const empty: number[] = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(await inUse(host, 'Boussole'));
        empty.push(await inUse(bare, 'Empty'));
      }
      return [
        {
          what: 'more than with an empty extension alone',
          unit: 'MB',
          values: ours.map((value, index) => value - (empty[index] ?? Number.NaN)),
          counts: 'median',
          target: { atMost: 25 },
        },
        { what: 'heap of the whole extension host', unit: 'MB', values: ours, counts: 'median', target: undefined },
        { what: 'the same with an empty extension alone', unit: 'MB', values: empty, counts: 'median', target: undefined },
      ];
    } finally {
      await undo.undo();
    }
  },
};
