import type { RepositoryState } from '../app/repositoryState.ts';

/** True when this account may start and stop workflows here. An unknown permission is let through: GitHub will answer. */
export function canAct({ facts }: RepositoryState): boolean {
  if (!facts || facts.isArchived || facts.isEmpty) return false;
  return facts.permission !== 'read' && facts.permission !== 'triage';
}
