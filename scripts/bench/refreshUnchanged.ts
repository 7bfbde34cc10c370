import type { Figure } from './figure.ts';
import { virtualSession } from './virtualSession.ts';

const times = 3;

/** What "Refresh" costs when every row is expanded and nothing changed. */
export const refreshUnchanged: Figure = {
  name: 'refresh-unchanged',
  how: 'the engine in plain Node, virtual time, scenario quiet, every environment and run expanded, nothing changed',
  async measure() {
    const { session, clock, requestsSince, advance, until, dispose } = await virtualSession('quiet', { focused: true, visible: true });
    const { refresher, store } = session;
    for (const { target } of store.state.environments) await until(refresher.loadHistory(target.environment));
    for (const { id } of store.state.runs?.runs ?? []) await until(refresher.loadJobs(id));
    const counts: number[] = [];
    const shares: number[] = [];
    for (let time = 0; time < times; time++) {
      await advance(10_000);
      const start = clock.now();
      await until(refresher.refresh());
      const requests = requestsSince(start);
      counts.push(requests.length);
      shares.push((100 * requests.filter(({ status }) => status === 304).length) / requests.length);
    }
    dispose();
    return [
      { what: 'requests of a refresh', unit: 'requests', values: counts, counts: 'worst', target: { atMost: 6 } },
      { what: 'of these answered "not modified" (304)', unit: '%', values: shares, counts: 'worst', target: { atLeast: 90 } },
    ];
  },
};
