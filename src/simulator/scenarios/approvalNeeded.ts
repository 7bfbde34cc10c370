import { environmentNamed } from '../world/deployments.ts';
import { planTeamPast, TEAM_PAST_MS } from './team.ts';
import { VIEWER } from './people.ts';
import type { Scenario } from './scenario.ts';

/** Jonas waits for somebody to let the latest release into production, and the viewer is one of those who may. */
export const approvalNeeded: Scenario = {
  summary: 'Jonas’s production deploy waits for a reviewer, and you are one.',
  pastMs: TEAM_PAST_MS,
  build: (world, now) => {
    const crm = planTeamPast(world, now);
    world.at(now - 14 * 60_000, () => {
      const production = environmentNamed(world, crm.repository, 'production');
      production.protection = {
        ...production.protection,
        reviewers: [{ type: 'User', name: VIEWER }, { type: 'User', name: 'ana' }],
      };
      const latest = crm.repository.releases.findLast(({ draft, prerelease }) => !draft && !prerelease)?.tagName ?? 'main';
      crm.dispatch('deploy.yml', 'jonas', { environment: 'production', version: latest, reason: 'Sales want it today' });
    });
  },
};
