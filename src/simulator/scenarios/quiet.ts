import { foundCrm, approveByHabit, planCrmPast } from './crm.ts';
import { TEAM_PAST_MS } from './team.ts';
import type { Scenario } from './scenario.ts';

const HOUR = 3_600_000;

/** Nothing moves: everything ended yesterday, and production runs the latest release. */
export const quiet: Scenario = {
  summary: 'The same team at rest: nothing runs and nothing happens by itself.',
  pastMs: TEAM_PAST_MS,
  build: (world, now) => {
    const crm = foundCrm(world);
    approveByHabit(world, 6 * 60_000, now - HOUR);
    planCrmPast(crm, world.now + HOUR, now - 26 * HOUR);
  },
};
