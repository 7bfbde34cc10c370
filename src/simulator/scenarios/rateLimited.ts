import { team } from './team.ts';
import { VIEWER } from './people.ts';
import type { Scenario } from './scenario.ts';

const RESET_MS = 9 * 60_000;

/** The viewer's other tools have eaten the hour's budget: a few requests are left, and nine minutes to wait. */
export const rateLimited: Scenario = {
  summary: 'The sample team with hardly any of the hour’s requests left.',
  pastMs: team.pastMs,
  build: (world, now) => team.build(world, now),
  arrive: (world, budgets) => {
    budgets.leave(VIEWER, 'core', 12, world.now + RESET_MS);
    budgets.leave(VIEWER, 'graphql', 8, world.now + RESET_MS);
  },
};
