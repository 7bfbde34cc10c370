import { addCommit, addRepository } from './builders.ts';
import { bringPeople, TEAM_ROLES } from './people.ts';
import type { Scenario } from './scenario.ts';

/** A repository on its first day: one commit, no workflows, no environments, no releases. Beside it one without any commit. */
export const emptyRepository: Scenario = {
  summary: 'A new repository: one commit, no workflows and no environments.',
  pastMs: 3_600_000,
  build: (world) => {
    bringPeople(world);
    const repository = addRepository(world, { owner: 'atelier-nord', name: 'crm', description: 'To come', collaborators: TEAM_ROLES });
    const first = addCommit(world, repository, {
      message: 'Initial commit', author: 'camille', parents: [], files: new Map([['README.md', '# CRM\n']]),
    });
    repository.branches.set('main', first.sha);
    addRepository(world, { owner: 'atelier-nord', name: 'nothing-yet', collaborators: TEAM_ROLES });
  },
};
