import type { Pins } from '../../core/pipelineTemplate.ts';
import type { World } from '../world/world.ts';
import { addRepository } from './builders.ts';

const OWNER = 'actions';

/** GitHub's own actions with one release each, under their true names. */
const ACTIONS = [
  { name: 'checkout', id: 197_814_629, tag: 'v5.0.0', sha: '08c6903cd8c0fde910a37f88322edcfb5dd907a8' },
  { name: 'upload-artifact', id: 198_432_172, tag: 'v4.6.2', sha: 'ea165f8d65b6e75b540449e92b4886f43607fa02' },
  // Annotated, so that somebody meets a tag that is not the commit itself.
  { name: 'download-artifact', id: 198_431_950, tag: 'v5.0.0', sha: '634f93cb2916e3fdff6788551b99b062d0335ce0', annotation: '5e1c0a6a0d7ec3f1f2d3f1b6f0c2f6a1a9f5b7d4' },
] as const;

/** The commit of each of those releases, as Set Up pins them. */
export const actionPins: Pins = Object.fromEntries(ACTIONS.map(({ name, tag, sha }) => [`${OWNER}/${name}@${tag}`, sha]));

/** Adds the public repositories of the actions that workflows use. Takes nothing from the world's chance: every story stays the same. */
export function addActions(world: World): void {
  world.accounts.set(OWNER, { id: 44_036_562, login: OWNER, name: 'GitHub Actions', kind: 'Organization' });
  for (const { name, id, tag, sha, ...rest } of ACTIONS) {
    const repository = addRepository(world, { id, owner: OWNER, name, private: false, collaborators: {} });
    repository.commits.set(sha, {
      sha, message: `Release ${tag}`, author: OWNER, at: world.now, order: 0, parents: [], changes: [], files: new Map([['action.yml', `name: ${name}\n`]]),
    });
    repository.branches.set('main', sha);
    const annotation = 'annotation' in rest ? { sha: rest.annotation, message: tag, tagger: OWNER, at: world.now } : undefined;
    repository.tags.set(tag, { name: tag, commit: sha, ...(annotation ? { annotation } : {}) });
  }
}
