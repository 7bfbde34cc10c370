import type { Figure } from './figure.ts';
import { mostWithin, pointsOf, virtualWindow } from './virtualWindow.ts';

const minute = 60_000;

/** What a window costs that somebody looks at while nothing happens. */
export const idleVisible: Figure = {
  name: 'idle-visible',
  how: 'the engine in plain Node, virtual time, scenario quiet, window focused and views visible, ten minutes from a minute after opening',
  async measure() {
    const world = await virtualWindow('quiet', { focused: true, visible: true });
    await world.clock.advance(10 * minute);
    const requests = world.sent;
    await world.clock.advance(50 * minute);
    const hour = world.sent;
    world.dispose();
    return [
      { what: 'requests a minute', unit: 'requests', values: [requests.length / 10], counts: 'worst', target: { atMost: 1 } },
      { what: 'most requests in any one minute', unit: 'requests', values: [mostWithin(minute, requests)], counts: 'worst', target: undefined },
      { what: 'points of the rate limit', unit: 'points', values: [pointsOf(requests)], counts: 'worst', target: { atMost: 0 } },
      {
        what: 'points in the whole hour',
        unit: 'points',
        values: [pointsOf(hour)],
        counts: 'worst',
        target: undefined,
        note: `${hour.length} requests; now and then everything is read anew`,
      },
    ];
  },
};
