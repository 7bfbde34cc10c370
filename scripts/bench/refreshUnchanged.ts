import type { Figure } from './figure.ts';
import { virtualWindow } from './virtualWindow.ts';

const times = 3;

/** What "Refresh" costs when every row is expanded and nothing changed. */
export const refreshUnchanged: Figure = {
  name: 'refresh-unchanged',
  how: 'the engine in plain Node, virtual time, scenario quiet, every environment and run expanded, nothing changed',
  async measure() {
    const world = await virtualWindow('quiet', { focused: true, visible: true });
    const { clock, session: { refresher, store } } = world;
    for (const { target } of store.state.environments) await clock.until(refresher.loadHistory(target.environment));
    for (const { id } of store.state.runs?.runs ?? []) await clock.until(refresher.loadJobs(id));
    const counts: number[] = [];
    const shares: number[] = [];
    for (let time = 0; time < times; time++) {
      await clock.advance(10_000);
      world.forget();
      await clock.until(refresher.refresh());
      const requests = world.sent;
      counts.push(requests.length);
      shares.push((100 * requests.filter(({ status }) => status === 304).length) / requests.length);
    }
    world.dispose();
    return [
      { what: 'requests of a refresh', unit: 'requests', values: counts, counts: 'worst', target: { atMost: 6 } },
      { what: 'of these answered "not modified" (304)', unit: '%', values: shares, counts: 'worst', target: { atLeast: 90 } },
    ];
  },
};
