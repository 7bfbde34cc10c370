import type { Figure } from './figure.ts';
import { virtualSession } from './virtualSession.ts';

const hour = 3_600_000;

/** What a window costs in which no Boussole view is on screen and nothing is followed. */
export const hidden: Figure = {
  name: 'hidden',
  how: 'the engine in plain Node, virtual time, scenario quiet, no view visible, an hour each',
  async measure() {
    const focused = await requestsInAnHour(true);
    const unfocused = await requestsInAnHour(false);
    return [
      { what: 'requests an hour, window focused', unit: 'requests', values: [focused], counts: 'worst', target: { atMost: 12 } },
      { what: 'requests an hour, window not focused', unit: 'requests', values: [unfocused], counts: 'worst', target: { atMost: 0 } },
    ];
  },
};

async function requestsInAnHour(focused: boolean): Promise<number> {
  const { clock, requestsSince, advance, dispose } = await virtualSession('quiet', { focused, visible: false });
  const start = clock.now();
  await advance(hour);
  dispose();
  return requestsSince(start).length;
}
