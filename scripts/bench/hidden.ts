import type { Figure } from './figure.ts';
import { virtualWindow } from './virtualWindow.ts';

const hour = 3_600_000;

/** What a window costs in which no Boussole view is on screen and nothing is followed. */
export const hidden: Figure = {
  name: 'hidden',
  how: 'the engine in plain Node, virtual time, scenario quiet, no view visible, an hour each',
  async measure() {
    const world = await virtualWindow('quiet', { focused: true, visible: false });
    await world.clock.advance(hour);
    const focused = world.sent.length;
    world.session.refresher.setAttention({ focused: false, visible: false });
    world.forget();
    await world.clock.advance(hour);
    const unfocused = world.sent.length;
    world.dispose();
    return [
      { what: 'requests an hour, window focused', unit: 'requests', values: [focused], counts: 'worst', target: { atMost: 12 } },
      { what: 'requests an hour, window not focused', unit: 'requests', values: [unfocused], counts: 'worst', target: { atMost: 0 } },
    ];
  },
};
