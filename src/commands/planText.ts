import { l10n } from 'vscode';
import type { DeployPlan } from '../app/deployPlan.ts';
import { shortSha } from '../core/commit.ts';
import { dotted } from './say.ts';

/** The act in words that name environment and version: a heading and a button at once. */
export function actText({ kind, version, target, replaces }: DeployPlan): string {
  const values = { version: version.label, environment: target.environment };
  if (kind === 'rollback') return l10n.t('Roll Back {environment} to {version}', values);
  if (kind === 'promote') return l10n.t('Promote {version} to {environment}', values);
  return replaces?.sha === version.sha ? l10n.t('Deploy {version} to {environment} Again', values) : l10n.t('Deploy {version} to {environment}', values);
}

/** The same as a question. */
export function questionText(plan: DeployPlan): string {
  const { kind, version, target, replaces } = plan;
  const values = { version: version.label, environment: target.environment };
  if (kind === 'rollback') return l10n.t('Roll back {environment} to {version}?', values);
  if (kind === 'promote') return l10n.t('Promote {version} to {environment}?', values);
  return replaces?.sha === version.sha ? l10n.t('Deploy {version} to {environment} again?', values) : l10n.t('Deploy {version} to {environment}?', values);
}

/** What is done, as the reason of somebody who gives no other. */
export function defaultReason(plan: DeployPlan): string {
  const { kind, version, replaces } = plan;
  if (kind !== 'rollback' || !replaces) return actText(plan);
  return l10n.t('Back from {live} to {version}', { live: replaces.label, version: version.label });
}

/** What ships, or is undone: "7 commits, 2 pull requests". */
export function changesText({ comparison, pullRequests, kind }: DeployPlan): string {
  if (!comparison) return l10n.t('what changes could not be read');
  const { aheadBy, behindBy } = comparison;
  if (aheadBy === 0 && behindBy === 0) return l10n.t('no change in commits');
  const undone = behindBy === 1 ? l10n.t('undoes 1 commit') : l10n.t('undoes {count} commits', { count: behindBy });
  const shipped = aheadBy === 1 ? l10n.t('1 commit') : l10n.t('{count} commits', { count: aheadBy });
  const requests = pullRequests === 1 ? l10n.t('1 pull request') : l10n.t('{count} pull requests', { count: pullRequests });
  const ships = aheadBy === 0 ? undefined : pullRequests === 0 ? shipped : `${shipped}, ${requests}`;
  if (behindBy === 0) return ships ?? '';
  return kind === 'rollback' ? dotted([undone, ships]) : dotted([ships, undone]);
}

/** Commit, what it replaces, and which workflow runs on what. */
export function wayText({ version, replaces, way }: DeployPlan): string {
  const file = way.workflow.split('/').at(-1) ?? way.workflow;
  return dotted([
    version.label === shortSha(version.sha) ? undefined : l10n.t('commit {sha}', { sha: shortSha(version.sha) }),
    replaces ? l10n.t('replaces {version}', { version: replaces.label }) : l10n.t('the first deployment'),
    l10n.t('{workflow} on {ref}', { workflow: file, ref: way.ref }),
  ]);
}
