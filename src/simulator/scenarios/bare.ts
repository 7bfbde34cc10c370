import { addCommit, addRepository } from './builders.ts';
import { bringPeople, TEAM_ROLES, VIEWER } from './people.ts';
import type { Scenario } from './scenario.ts';

const DAY = 24 * 3_600_000;

const LOCK = '{\n  "name": "crm",\n  "lockfileVersion": 3,\n  "packages": {}\n}\n';
const PACKAGE = '{\n  "name": "crm",\n  "scripts": { "build": "node build.js", "test": "node --test" }\n}\n';

const WORK: readonly (readonly [message: string, author: string, file: string])[] = [
  ['feat: list of customers', 'ana', 'src/customers.js'],
  ['feat: page of a customer', VIEWER, 'src/customer.js'],
  ['fix: names with accents', 'jonas', 'src/names.js'],
  ['feat: search', 'mei', 'src/search.js'],
];

/** A team with a site and no pipeline: commits on two branches, a lock file, no workflows, no environments. The viewer administers it. */
export const bare: Scenario = {
  summary: 'Commits on main and develop, and nothing that deploys them yet.',
  pastMs: 7 * DAY,
  build: (world) => {
    bringPeople(world);
    const repository = addRepository(world, {
      owner: 'atelier-nord', name: 'crm', description: 'Customers and quotes', private: false, collaborators: { ...TEAM_ROLES, [VIEWER]: 'admin' },
    });
    let head = addCommit(world, repository, {
      message: 'Initial commit', author: VIEWER, parents: [], files: new Map([['README.md', '# CRM\n'], ['package.json', PACKAGE], ['package-lock.json', LOCK]]),
    });
    for (const [message, author, file] of WORK) {
      head = addCommit(world, repository, { message, author, parents: [head.sha], files: new Map([[file, `export const about = '${message}';\n`]]) });
    }
    repository.branches.set('main', head.sha);
    const next = addCommit(world, repository, { message: 'feat: quotes', author: 'ana', parents: [head.sha], files: new Map([['src/quotes.js', 'export const quotes = [];\n']]) });
    repository.branches.set('develop', next.sha);
  },
};
