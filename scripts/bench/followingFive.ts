import { isLive } from '../../src/core/transition.ts';
import { deployRequest } from './deployRequests.ts';
import type { Figure } from './figure.ts';
import { mostWithin, virtualWindow } from './virtualWindow.ts';

const minute = 60_000;
const runs = 5;
/** Makes the deploys last several minutes. */
const stretch = 10;

/** What it costs to follow five deploys at once. */
export const followingFive: Figure = {
  name: 'following-five',
  how: 'the engine in plain Node, virtual time, scenario large, five deploys of several minutes followed together to their ends',
  async measure() {
    const world = await virtualWindow('large', { focused: true, visible: true });
    const { clock, session } = world;
    world.simulator.world.pace = { stretch };
    const environments = session.store.state.environments.filter(({ target }) => !target.isProduction).slice(0, runs);
    for (const { target } of environments) await clock.until(session.tracker.dispatch(deployRequest(session, target.environment)));
    world.forget();
    const start = clock.now();
    const followed = () => session.store.state.tracked.filter(isLive).length;
    let most = 0;
    let together = 0;
    while (followed() > 0) {
      most = Math.max(most, followed());
      if (followed() === runs) together = clock.now() - start;
      await clock.advance(1_000);
    }
    if (most !== runs) throw new Error(`${most} runs were followed together, not ${runs}.`);
    const requests = world.sent;
    world.dispose();
    return [
      {
        what: 'requests in the busiest minute',
        unit: 'requests',
        values: [mostWithin(minute, requests)],
        counts: 'worst',
        target: { atMost: 15 },
        note: `five together for ${(together / minute).toFixed(1)} min`,
      },
      { what: 'requests a minute on average', unit: 'requests', values: [(requests.length * minute) / (clock.now() - start)], counts: 'worst', target: undefined },
    ];
  },
};
