import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { LoggedRequest } from '../../src/simulator/requestLog.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { launchBrowser } from '../../test/support/browser/browser.ts';
import { createGitWorkspace } from '../../test/support/gitWorkspace.ts';
import { simulatedSettings, startSimulator } from '../../test/support/simulatedGitHub.ts';
import { UndoList } from '../../test/support/undoList.ts';
import { emptyExtension } from './emptyExtension.ts';
import type { BuiltExtension, Figure, Reading } from './figure.ts';
import { benchHost } from './hostWindow.ts';
import { roundTrips } from './roundTrips.ts';
import { isShown, isWhole, openAndWatch, type Opening } from './screenRecorder.ts';
import { median } from './statistics.ts';
import { latencyMs } from './virtualWindow.ts';

const rounds = 7;
/** Until the window's own start and the git extension have come to rest. */
const restMs = 3_000;

interface FirstView {
  readonly opening: Opening;
  readonly requests: readonly LoggedRequest[];
}

/** How long a person waits who opens the views for the first time, and what that costs. */
export const firstView: Figure = {
  name: 'first-view',
  how: `real host, ${latencyMs} ms latency, not yet activated; from the click to the last change of any visible row; in turns team, large and an empty extension`,
  async measure(built) {
    const undo = new UndoList();
    try {
      const browser = await launchBrowser();
      undo.add(() => browser.close());
      const open = {
        team: await opener(browser, built, 'team', undo),
        large: await opener(browser, built, 'large', undo),
      };
      const seen: { empty: Opening[]; team: FirstView[]; large: FirstView[] } = { empty: [], team: [], large: [] };
      // The first round fills the disk's cache.
      for (let round = -1; round < rounds; round++) {
        const [empty, team, large] = [await open.team('Empty'), await open.team('Boussole'), await open.large('Boussole')];
        if (round < 0) continue;
        seen.empty.push(empty.opening);
        seen.team.push(team);
        seen.large.push(large);
      }
      return [...readingsOf('team', seen.team, seen.empty), ...largeReadings(seen.team, seen.large, seen.empty)];
    } finally {
      await undo.undo();
    }
  },
};

/**
 * A way to open a fresh window on a scenario and then one of its containers. The folder holds no workflow, so that opening the
 * view is what activates the extension: nothing was loaded or asked before.
 */
async function opener(browser: Browser, { folder }: BuiltExtension, scenario: ScenarioName, undo: UndoList): Promise<(title: string) => Promise<FirstView>> {
  const sim = await startSimulator({ scenario, latencyMs });
  undo.add(() => sim.close());
  const workspace = await createGitWorkspace(sim.repository.name, { origin: sim.remoteUrl });
  undo.add(() => workspace.dispose());
  const host = await benchHost(browser, {
    extensions: [{ folder }, emptyExtension],
    settings: simulatedSettings(sim.url),
    env: { BOUSSOLE_TEST_TOKEN: sim.token },
  });
  undo.add(() => host.dispose());
  return (title) =>
    host.inWindow(workspace.folder, async ({ page }) => {
      sim.simulator.reset();
      await delay(restMs);
      const opening = await openAndWatch(page, title, title === 'Boussole' ? isWhole : isShown);
      const requests = sim.simulator.log.filter(({ at, resource }) => (resource === 'core' || resource === 'graphql') && at <= opening.finalAt);
      return { opening, requests };
    });
}

function readingsOf(scenario: string, seen: readonly FirstView[], empty: readonly Opening[]): readonly Reading[] {
  const requests = seen.map((one) => one.requests);
  return [
    { what: `${scenario}: requests`, unit: 'requests', values: requests.map(({ length }) => length), counts: 'worst', target: { atMost: 8 } },
    { what: `${scenario}: sequential round trips`, unit: 'round trips', values: requests.map((each) => roundTrips(each, latencyMs)), counts: 'worst', target: { atMost: 3 } },
    {
      what: `${scenario}: bytes of answers, uncompressed`,
      unit: 'KB',
      values: requests.map((each) => each.reduce((sum, { bytes }) => sum + bytes, 0) / 1024),
      counts: 'worst',
      target: { atMost: 400 },
    },
    {
      what: `${scenario}: from opening to final, beyond the empty view`,
      unit: 'ms',
      values: beyond(seen, empty),
      counts: 'median',
      target: { atMost: 600 },
    },
    { what: `${scenario}: from opening to final`, unit: 'ms', values: seen.map(({ opening }) => lasting(opening)), counts: 'median', target: undefined },
    { what: 'an empty extension’s views, from opening to final', unit: 'ms', values: empty.map(lasting), counts: 'median', target: undefined },
  ];
}

function largeReadings(team: readonly FirstView[], large: readonly FirstView[], empty: readonly Opening[]): readonly Reading[] {
  const times = large.map(({ opening }) => lasting(opening));
  const reference = median(team.map(({ opening }) => lasting(opening)));
  return [
    { what: 'large: from opening to final, as a share of team', unit: '×', values: times.map((time) => time / reference), counts: 'median', target: { atMost: 1.5 } },
    { what: 'large: from opening to final', unit: 'ms', values: times, counts: 'median', target: undefined },
    { what: 'large: beyond the empty view', unit: 'ms', values: beyond(large, empty), counts: 'median', target: undefined },
    { what: 'large: requests', unit: 'requests', values: large.map(({ requests }) => requests.length), counts: 'worst', target: undefined },
  ];
}

function beyond(seen: readonly FirstView[], empty: readonly Opening[]): readonly number[] {
  return seen.map(({ opening }, index) => lasting(opening) - (empty[index] ? lasting(empty[index]) : Number.NaN));
}

function lasting({ clickedAt, finalAt }: Opening): number {
  return finalAt - clickedAt;
}
