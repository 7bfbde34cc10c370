import type { DeployRequest } from '../core/deployRequest.ts';
import type { RunContext } from '../core/runEnvironment.ts';
import type { RepositoryState } from './repositoryState.ts';

/** What the state tells about where runs deploy to. */
export function runContext(state: RepositoryState): RunContext {
  const environmentsOfRun = new Map<number, readonly string[]>();
  for (const { history, target } of state.environments) {
    for (const { runId } of history) {
      if (runId !== undefined) environmentsOfRun.set(runId, [...(environmentsOfRun.get(runId) ?? []), target.environment]);
    }
  }
  const requests = new Map<number, DeployRequest>();
  for (const run of state.tracked) if (run.request && 'seen' in run) requests.set(run.seen.runId, run.request);
  return { targets: state.environments.map(({ target }) => target), environmentsOfRun, requests };
}
