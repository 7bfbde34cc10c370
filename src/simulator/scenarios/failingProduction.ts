import { planTeamPast, TEAM_PAST_MS } from './team.ts';
import { approveByHabit } from './crm.ts';
import type { Scenario } from './scenario.ts';

const MINUTE = 60_000;

/** The log of the migration that fails. */
const LOG = [
  '  | Applying 20261120_contacts_unique_email …',
  '  | ERROR:  could not create unique index "contacts_email_key"',
  '  | DETAIL:  Key (email)=(info@example.com) is duplicated.',
  '{"script":"ship","outcome":"migration_failed","code":71,"message":"The database was not migrated: nothing was switched."}',
  '##[error]The database was not migrated: nothing was switched.',
  '##[error]Process completed with exit code 71.',
];

/** Jonas has just tried to deploy to production; the migration failed, and fails until somebody repairs it. */
export const failingProduction: Scenario = {
  summary: 'Every deploy to production fails while migrating the database; rolling back works.',
  pastMs: TEAM_PAST_MS,
  build: (world, now) => {
    const crm = planTeamPast(world, now);
    approveByHabit(world, 20_000);
    world.at(now - 40 * MINUTE, () => {
      world.mishaps.push({ environment: 'production', workflow: '.github/workflows/deploy.yml', step: 'Publish', log: LOG, times: Number.POSITIVE_INFINITY });
    });
    const latest = (): string => crm.repository.releases.findLast(({ draft, prerelease }) => !draft && !prerelease)?.tagName ?? 'main';
    world.at(now - 25 * MINUTE, () => void crm.dispatch('deploy.yml', 'jonas', { environment: 'production', version: latest() }));
  },
};
