import type { Comparison } from '../core/commit.ts';
import type { Version } from '../core/deployTarget.ts';
import type { DeployKind } from '../core/deployRequest.ts';
import { runEnvironment, runVersion } from '../core/runEnvironment.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import { compareVersions, isPrereleaseVersion } from '../core/semverOrder.ts';
import { text, type Text } from '../core/text.ts';
import { isLive } from '../core/transition.ts';
import { VersionNames } from '../core/versionNames.ts';
import type { EnvironmentState, RepositoryState } from './repositoryState.ts';
import { runContext } from './runContext.ts';

/** What is about to happen, as far as warnings depend on it. */
export interface Planned {
  readonly kind: DeployKind;
  readonly version: Version;
  readonly comparison: Comparison | undefined;
  /** The dispatch runs on the version's own tag, with that tag's workflow file. */
  readonly runsOnTag: boolean;
  /** The version is not on the environment's branch, and the workflow looks at what it ships. */
  readonly isOffBranch: boolean;
}

/** Things to know before confirming, worst first. */
export function planWarnings(state: RepositoryState, environment: EnvironmentState, planned: Planned): readonly Text[] {
  return [...underway(state, environment), ...conflict(environment), ...direction(environment, planned), ...guards(environment, planned)];
}

/** Deploys to an environment that are under way now, ours included. */
export function deploysUnderwayIn(state: RepositoryState, { target }: EnvironmentState): readonly { readonly who: string; readonly version: string; readonly isHeld: boolean }[] {
  const context = runContext(state);
  const names = new VersionNames({ releases: state.releases, tags: state.facts?.tags ?? [], branches: state.facts?.branches ?? [] });
  return state.tracked.flatMap((run) => {
    if (!isLive(run)) return [];
    const where = run.request?.environment ?? (run.seen.run && runEnvironment(run.seen.run, context));
    if (where === undefined || !sameEnvironment(where, target.environment)) return [];
    const who = run.request?.actor ?? run.seen.run?.actor ?? '';
    const version = run.request?.version.label ?? (run.seen.run ? runVersion(run.seen.run, target.environment, context, names) : '');
    return [{ who, version, isHeld: run.phase === 'queued' || run.phase === 'waiting' }];
  });
}

/** GitHub keeps one deploy waiting for a concurrency group: a newer one pushes it out. */
function underway(state: RepositoryState, environment: EnvironmentState): readonly Text[] {
  const values = { environment: environment.target.environment };
  return deploysUnderwayIn(state, environment).flatMap(({ who, version, isHeld }) => [
    text('{actor} is deploying {version} to {environment} right now.', { ...values, actor: who, version }),
    ...(isHeld ? [text('The deploy of {version} waits for its turn: this one may push it out of the queue.', { version })] : []),
  ]);
}

function conflict({ live, target }: EnvironmentState): readonly Text[] {
  if (live === 'unknown') return [text('What is live in {environment} is not known.', { environment: target.environment })];
  if (typeof live !== 'object' || live.conflict !== 'sources') return [];
  return [text('The sources disagree about what is live in {environment}.', { environment: target.environment })];
}

/** True when the newest attempt to ship this version came after what is live and failed. */
function failedSince(history: readonly ShippedVersion[], { sha }: Version, since: number): boolean {
  const newest = history.find((shipped) => shipped.sha === sha);
  return newest?.state === 'failed' && newest.createdAt > since;
}

function direction({ live, target, history }: EnvironmentState, { kind, version, comparison }: Planned): readonly Text[] {
  const warnings: Text[] = [];
  const values = { version: version.label, environment: target.environment };
  if (typeof live === 'object') {
    const isSame = live.sha === version.sha;
    const order = compareVersions(version.label, live.label);
    const isOlder = order === undefined ? comparison !== undefined && comparison.aheadBy === 0 && comparison.behindBy > 0 : order < 0;
    if (failedSince(history, version, live.since ?? 0)) warnings.push(text('{version} failed in {environment} the last time.', values));
    if (isSame) warnings.push(text('{version} is live in {environment} already: this deploys it again.', values));
    else if (isOlder && kind !== 'rollback') warnings.push(text('{version} is older than {live}, which is live now.', { ...values, live: live.label }));
  }
  if (target.isProduction && kind !== 'rollback' && version.kind !== 'branch' && isPrereleaseVersion(version.label)) {
    warnings.push(text('{version} is a pre-release.', values));
  }
  return warnings;
}

function guards({ environment, target }: EnvironmentState, { version, runsOnTag, isOffBranch }: Planned): readonly Text[] {
  const warnings: Text[] = [];
  const values = { environment: target.environment, version: version.label };
  if (isOffBranch) warnings.push(text('{version} is not on {branch}: the workflow may refuse it.', { ...values, branch: target.branch }));
  if (runsOnTag) warnings.push(text('The workflow file of {version} runs, as it was then.', values));
  for (const rule of environment?.protectionRules ?? []) {
    if (rule.type === 'requiredReviewers' && rule.reviewers.length > 0) {
      const reviewers = rule.reviewers.join(', ');
      warnings.push(
        rule.preventSelfReview
          ? text('It waits until one of {reviewers} approves it; you cannot approve your own.', { reviewers })
          : text('It waits until one of {reviewers} approves it.', { reviewers }),
      );
    }
    if (rule.type === 'waitTimer' && rule.minutes > 0) warnings.push(text('It waits {minutes} minutes before it ships.', { minutes: rule.minutes }));
    if (rule.type === 'branchPolicy' && runsOnTag) warnings.push(text('{environment} takes deploys only from certain branches and tags.', values));
  }
  return warnings;
}
