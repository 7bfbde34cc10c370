import type { DeployRequest } from './deployRequest.ts';
import { environmentNamedIn } from './environmentNames.ts';
import type { NamedVersion, VersionNames } from './versionNames.ts';
import type { WorkflowRun } from './workflowRun.ts';

const titledByCommit = new Set(['push', 'pull_request', 'pull_request_target', 'merge_group']);

/** What a run's own words say that it ships. */
export interface TitledVersion {
  readonly version: string | undefined;
  readonly sha: string | undefined;
}

/**
 * What the run's title says that it ships to `environment`: a tag, commit or branch named as a whole word. `undefined` when the
 * title names another environment, or when it may only be a commit's own title (GitHub's default for pushes), which can mention
 * any version. A branch says its commit only when the run ran on that branch.
 */
export function titledVersion(
  run: WorkflowRun,
  environment: string,
  environments: readonly string[],
  names: VersionNames,
): TitledVersion | undefined {
  const about = environmentNamedIn(run.title, environments);
  if (about !== undefined && about.toLowerCase() !== environment.toLowerCase()) return undefined;
  const named = names.namedIn(run.title, environments);
  if (!named) return undefined;
  if (titledByCommit.has(run.event)) {
    return about !== undefined && named.name === run.branch ? said(named, run) : undefined;
  }
  return said(named, run);
}

function said(named: NamedVersion, run: WorkflowRun): TitledVersion {
  switch (named.kind) {
    case 'tag':
      return { version: named.name, sha: named.sha };
    case 'commit':
      return { version: undefined, sha: named.sha };
    case 'branch':
      return named.name === run.branch ? { version: undefined, sha: run.sha } : { version: named.name, sha: undefined };
  }
}

/** True when the run says of itself that it rolls back: its workflow is for that, or it was started by hand with such a title. */
export function isRollbackRun(run: WorkflowRun, request: DeployRequest | undefined): boolean {
  if (request) return request.kind === 'rollback';
  const words = /\broll(ing|ed)?[\s_-]?back\b|\brevert\b/i;
  return words.test(run.workflowPath.replace(/^.*\//, '')) || (!titledByCommit.has(run.event) && words.test(run.title.slice(0, 200)));
}
