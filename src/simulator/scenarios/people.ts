import type { Account } from '../world/model.ts';
import { tokensFor } from '../world/tokens.ts';
import type { World } from '../world/world.ts';

/** The person who looks at the sample team through the product. */
export const VIEWER = 'camille';

const PEOPLE: readonly (readonly [login: string, name: string, kind: Account['kind']])[] = [
  ['atelier-nord', 'Atelier Nord', 'Organization'],
  [VIEWER, 'Camille Laurent', 'User'],
  ['ana', 'Ana Souza', 'User'],
  ['jonas', 'Jonas Weber', 'User'],
  ['mei', 'Mei Tanaka', 'User'],
  ['lena', 'Lena Novak', 'User'],
  ['oscar', 'Oscar Lind', 'User'],
  ['dependabot[bot]', 'dependabot[bot]', 'Bot'],
  ['github-actions[bot]', 'github-actions[bot]', 'Bot'],
];

/** Brings the sample team to life: four developers, a reader (Lena), an outsider (Oscar), bots and their tokens. */
export function bringPeople(world: World): void {
  for (const [login, name, kind] of PEOPLE) {
    world.accounts.set(login, { id: world.id('account'), login, name, kind });
  }
  world.teams.push({
    id: world.id('team'), name: 'Release captains', slug: 'release-captains', organization: 'atelier-nord', members: ['ana', 'mei'],
  });
  for (const [name, token] of tokensFor(VIEWER, ['ana', 'jonas', 'mei', 'lena', 'oscar'])) world.tokens.set(name, token);
}

/** The roles of the sample team in its own repository. */
export const TEAM_ROLES = {
  [VIEWER]: 'write', ana: 'admin', jonas: 'write', mei: 'maintain', lena: 'read',
} as const;

/** Those who deploy. */
export const DEVELOPERS = [VIEWER, 'ana', 'jonas', 'mei'] as const;
