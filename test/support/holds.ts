import { lockBranch } from '../../src/core/hold.ts';
import { addCommit } from '../../src/simulator/scenarios/builders.ts';
import type { Repository } from '../../src/simulator/world/model.ts';
import type { World } from '../../src/simulator/world/world.ts';

/**
 * Holds an environment (`global`: all of them) as github/branch-deploy and the pipeline do: a branch with a commit of its own. Whether
 * GitHub counts that as a push of the repository is not documented, so nothing that can be asked for free shows it here.
 */
export function addHold(world: World, repository: Repository, environment: string, { by, reason }: { readonly by: string; readonly reason: string }): void {
  const isGlobal = environment === 'global';
  const lock = {
    reason, branch: 'main', created_at: new Date(world.now).toISOString(), created_by: by, sticky: true, environment: isGlobal ? null : environment, global: isGlobal,
    unlock_command: '.unlock', link: '',
  };
  addLockBranch(world, repository, lockBranch(environment), JSON.stringify(lock));
}

/** A branch by any name with any text in its `lock.json`, or without the file. */
export function addLockBranch(world: World, repository: Repository, branch: string, text: string | undefined): void {
  const commit = addCommit(world, repository, { message: 'lock [skip ci]', author: 'ana', parents: [], ...(text === undefined ? {} : { files: new Map([['lock.json', text]]) }) });
  repository.branches.set(branch, commit.sha);
}

/** Deletes the branch that holds an environment. */
export function removeHold(repository: Repository, environment: string): void {
  if (!repository.branches.delete(lockBranch(environment))) throw new Error(`${environment} is not held.`);
}
