import { cancelRun } from '../world/control.ts';
import type { World } from '../world/world.ts';
import { addRelease, addRepository } from './builders.ts';
import { approveByHabit, foundCrm, planCrmPast } from './crm.ts';
import type { CrmTeam } from './crmHistory.ts';
import type { Scenario } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Merged after Ana's push and deployed by nobody: a push whose last commit says so starts nothing. */
const AFTERTHOUGHTS = [
  { message: 'fix(contacts): trim names when importing', author: 'mei', changes: [{ path: 'src/contacts/names.ts', additions: 6, deletions: 2 }] },
  { message: 'docs(api): describe the import [skip ci]', author: 'mei', changes: [{ path: 'docs/api.md', additions: 31, deletions: 4 }] },
] as const;

/** How far back the sample team's history goes. */
export const TEAM_PAST_MS = 90 * DAY;

/** The default: a small team's CRM with ninety days behind it and somebody deploying to staging right now. */
export const team: Scenario = {
  summary: 'A CRM team: staging ahead of production, commits waiting on both, Ana deploying to staging.',
  pastMs: TEAM_PAST_MS,
  build: (world, now) => {
    const crm = planTeamPast(world, now);
    planToday(crm, now);
    const stretched = (ms: number): number => ms * world.pace.stretch;
    world.at(now - stretched(170_000), () => void crm.mergeWork(3, 'ana'));
    world.at(now - stretched(60_000), () => void crm.merge(AFTERTHOUGHTS, 'mei'));
  },
};

/** The past that the team scenarios share: until this morning, with the latest release not deployed yet. */
export function planTeamPast(world: World, now: number): CrmTeam {
  const crm = foundCrm(world);
  approveByHabit(world, 6 * MINUTE, now - HOUR);
  planCrmPast(crm, world.now + HOUR, now - 12 * HOUR);
  addRepository(world, {
    owner: 'camille', name: 'crm', description: 'Fork of atelier-nord/crm', parent: crm.repository, collaborators: { camille: 'admin', lena: 'read' },
  });
  return crm;
}

/** Today: merges deployed to staging, one cancelled, a candidate of the next release and its draft. */
export function planToday(crm: CrmTeam, now: number): void {
  const { world, repository } = crm;
  world.at(now - 9 * HOUR, () => void crm.mergeWork(2, 'camille'));
  world.at(now - 5 * HOUR, () => void crm.mergeWork(1, 'mei'));
  world.at(now - 3 * HOUR, () => {
    crm.publish('v1.39.0-rc.1', repository.branches.get('develop') ?? '', 'mei', true);
    addRelease(world, repository, { tagName: 'v1.39.0', author: 'mei', target: 'main', draft: true, body: 'To be written.' });
  });
  world.at(now - 22 * MINUTE, () => {
    const [run] = crm.mergeWork(2, 'jonas');
    if (run) world.after(30_000 * world.pace.stretch, () => void cancelRun(world, run));
  });
}
