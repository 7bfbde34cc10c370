import { ENTERPRISE_3_19 } from '../world/world.ts';
import { team } from './team.ts';
import type { Scenario } from './scenario.ts';

/** The sample team on GitHub Enterprise Server 3.19: no run details from a dispatch, ten inputs, no rate limits, one REST version. */
export const oldEnterprise: Scenario = {
  summary: 'The sample team on GitHub Enterprise Server 3.19.',
  pastMs: team.pastMs,
  build: (world, now) => {
    world.server = ENTERPRISE_3_19;
    team.build(world, now);
  },
};
