import type { Reviewer } from './gitHubSetup.ts';

/**
 * True when one person alone can approve: to prevent self-review would then keep that person from ever deploying. A team counts as
 * several people.
 */
export function hasLoneReviewer(reviewers: readonly Reviewer[]): boolean {
  return reviewers.length === 1 && reviewers[0]?.type === 'user';
}
