import type { RepositoryState } from '../app/repositoryState.ts';
import { runContext } from '../app/runContext.ts';
import { runEnvironment, runVersion } from '../core/runEnvironment.ts';
import type { SeenRun, TrackedRun } from '../core/trackedRun.ts';
import { VersionNames } from '../core/versionNames.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';

/** A followed run that GitHub has shown. */
export type SeenTrackedRun = Extract<TrackedRun, { readonly seen: SeenRun }>;

/** What the state knows about runs besides the runs themselves; made once for each drawing. */
export interface RunFacts {
  readonly environmentOf: (run: WorkflowRun) => string | undefined;
  readonly versionOf: (run: WorkflowRun, environment: string) => string;
  /** The followed run behind a run's id, at its latest attempt. */
  readonly trackedOf: (runId: number) => SeenTrackedRun | undefined;
}

/** Reads a state's deployments, own requests and names for what runs are about. */
export function runFacts(state: RepositoryState): RunFacts {
  const tracked = new Map<number, SeenTrackedRun>();
  for (const run of state.tracked) if ('seen' in run) tracked.set(run.seen.runId, run);
  const labels = new Map<string, string>();
  for (const { history, target } of state.environments) {
    for (const { runId, label } of history) if (runId !== undefined) labels.set(`${runId} ${target.environment}`, label);
  }
  const context = runContext(state);
  let names: VersionNames | undefined;
  return {
    environmentOf: (run) => runEnvironment(run, context),
    versionOf: (run, environment) => {
      names ??= new VersionNames({
        releases: state.releases,
        ...(state.facts ? { branches: state.facts.branches, commits: state.facts.commits } : {}),
      });
      return context.requests.get(run.id)?.version.label ?? labels.get(`${run.id} ${environment}`) ?? runVersion(run, environment, context, names);
    },
    trackedOf: (runId) => tracked.get(runId),
  };
}
