import { sameEnvironment } from '../core/environment.ts';
import { shortSha } from '../core/commit.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import type { Instant } from '../core/instant.ts';
import { runEnvironment, runVersion } from '../core/runEnvironment.ts';
import { VersionNames } from '../core/versionNames.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import type { RepositoryState } from './repositoryState.ts';
import { runContext } from './runContext.ts';

/**
 * What a person decided by running a deploy again: GitHub uses the run's own commit, workflow text and inputs, so it ships what that
 * run shipped. `undefined` for a run that deploys to no environment we know.
 */
export function rerunRequest(
  run: WorkflowRun,
  earlier: DeployRequest | undefined,
  state: RepositoryState,
  now: Instant,
  correlationId: string,
): DeployRequest | undefined {
  const context = runContext(state);
  const environment = earlier?.environment ?? runEnvironment(run, context);
  const shown = state.environments.find(({ target }) => environment !== undefined && sameEnvironment(target.environment, environment));
  const viewer = state.facts?.viewer;
  if (!shown || environment === undefined || viewer === undefined) return undefined;
  const names = new VersionNames({ releases: state.releases, branches: state.facts?.branches ?? [], tags: state.facts?.tags ?? [] });
  const label = runVersion(run, environment, context, names);
  const tag = names.tagNamed(label);
  const { live, target } = shown;
  const known = { label, sha: names.shaOfTag(label) ?? run.sha };
  return {
    correlationId,
    kind: 'rerun',
    repository: state.repository,
    environment,
    isProduction: target.isProduction,
    version: earlier?.version ?? { ...known, kind: tag ? 'tag' : 'commit', ref: tag ?? (label === shortSha(run.sha) ? run.sha : label) },
    replaces: typeof live === 'object' ? { label: live.label, sha: live.sha } : undefined,
    workflow: run.workflowPath,
    ref: run.branch ?? '',
    inputs: earlier?.inputs ?? {},
    reason: '',
    actor: viewer,
    requestedAt: now,
    workflowPosts: earlier?.workflowPosts ?? [target.deploy, target.rollback].some((one) => one?.file.path === run.workflowPath && one.file.postsToSlack),
    expectedMs: shown.expected?.medianMs,
  };
}
