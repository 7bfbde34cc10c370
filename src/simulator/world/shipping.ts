import { resolveRef } from './history.ts';
import type { Commit, Repository, Run } from './model.ts';

/**
 * What a deploying run really ships: the version it was given (tag, branch or SHA), else the head of the environment's
 * branch for a dispatch, else the pushed commit. `undefined` when the version names nothing.
 */
export function shippedBy(run: Run, environment: string): { version: string; commit: Commit } | undefined {
  const { repository } = run;
  const version = run.inputs['version'] ?? '';
  const head = run.event === 'workflow_dispatch' ? headFor(run, environment) : undefined;
  const commit = resolveRef(repository, version !== '' ? version : (head ?? run.sha));
  if (!commit) return undefined;
  return { version: version !== '' ? version : (tagAt(repository, commit.sha) ?? commit.sha.slice(0, 7)), commit };
}

function headFor(run: Run, environment: string): string | undefined {
  return (environment.toLowerCase() === 'staging' ? run.heads.get('develop') : undefined) ?? run.heads.get('main');
}

function tagAt(repository: Repository, commit: string): string | undefined {
  for (const tag of repository.tags.values()) if (tag.commit === commit) return tag.name;
  return undefined;
}
