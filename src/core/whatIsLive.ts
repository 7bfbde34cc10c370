import type { Deployment } from './deployment.ts';
import type { DeployRequest } from './deployRequest.ts';
import { sameEnvironment } from './environment.ts';
import { evidenceOf, judge } from './evidence.ts';
import type { Evidence, LiveVersion, ShippedVersion } from './liveVersion.ts';
import { isRollbackRun } from './runSubject.ts';
import type { VersionNames } from './versionNames.ts';
import type { WorkflowRun } from './workflowRun.ts';

/** An answer of an environment's own version address. */
export type SiteSaid = Omit<Evidence, 'source' | 'namesRunCommit' | 'url'> & { readonly url: string };

/** Everything that may tell what an environment's deployments really shipped. */
export interface LiveSources {
  readonly environment: string;
  /** Names of all environments, to tell which one a title is about. */
  readonly environments: readonly string[];
  /** Of any environment and in any order. */
  readonly deployments: readonly Deployment[];
  readonly runs: ReadonlyMap<number, WorkflowRun>;
  /** Runs that GitHub does not show any more: nothing more will be learnt of them. */
  readonly gone?: ReadonlySet<number>;
  /** Our own dispatches by run id. */
  readonly requests: ReadonlyMap<number, DeployRequest>;
  readonly names: VersionNames;
  /** What the environment's own version address answered about the version that is live. */
  readonly site?: SiteSaid | undefined;
}

/** When a deployment first succeeded; `undefined` when it never did. A later `inactive` or `failure` does not take that back. */
export function firstSuccess(deployment: Deployment): number | undefined {
  let first: number | undefined;
  for (const { state, createdAt } of deployment.statuses) {
    if (state === 'success' && (first === undefined || createdAt < first)) first = createdAt;
  }
  return first;
}

/** The deployment that is live in an environment: its first success is the latest, whatever its creation time. */
export function liveDeployment(deployments: readonly Deployment[], environment: string): Deployment | undefined {
  let live: { readonly deployment: Deployment; readonly since: number } | undefined;
  for (const deployment of deployments) {
    if (!sameEnvironment(deployment.environment, environment)) continue;
    const since = firstSuccess(deployment);
    if (since === undefined) continue;
    if (!live || since > live.since || (since === live.since && deployment.id > live.deployment.id)) live = { deployment, since };
  }
  return live?.deployment;
}

/** The deployments of an environment and what each really shipped, newest first by creation. */
export function shippedVersions(sources: LiveSources): readonly ShippedVersion[] {
  const own = sources.deployments
    .filter((deployment) => sameEnvironment(deployment.environment, sources.environment))
    .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  const live = liveDeployment(own, sources.environment);
  const newestOfRun = new Set<number>();
  return own.map((deployment) => {
    const { runId } = deployment;
    const run = runId === undefined ? undefined : sources.runs.get(runId);
    const speaksForRun = runId !== undefined && !newestOfRun.has(runId);
    if (runId !== undefined) newestOfRun.add(runId);
    const request = runId === undefined ? undefined : sources.requests.get(runId);
    const evidence: Evidence[] = [...evidenceOf(deployment, run, request, sources.environments, sources.names)];
    if (deployment === live && sources.site) evidence.push({ source: 'site', ...sources.site });
    const succeededAt = firstSuccess(deployment);
    return {
      environment: deployment.environment,
      deploymentId: deployment.id,
      runId,
      ...judge(evidence, sources.names),
      by: request?.actor ?? run?.actor ?? deployment.shipped.actor ?? deployment.creator,
      isRollback: /^roll-?back$/i.test(deployment.task) || (run ? isRollbackRun(run, request) : request?.kind === 'rollback'),
      evidence,
      state: deployment === live ? 'live' : succeededAt !== undefined ? 'superseded' : stateOf(deployment, speaksForRun ? run : undefined),
      createdAt: deployment.createdAt,
      succeededAt,
      ...(isProvisional(deployment, sources) ? { isProvisional: true } : {}),
    };
  });
}

/** Only a run's title, our own record or a pipeline's payload can tell that something else than the recorded commit was shipped. */
function isProvisional({ runId, shipped }: Deployment, { runs, requests, gone }: LiveSources): boolean {
  if (runId === undefined || shipped.version !== undefined || shipped.sha !== undefined) return false;
  return !runs.has(runId) && !requests.has(runId) && gone?.has(runId) !== true;
}

/** True while a deployment was not completed, well or badly. */
export function isUnderway({ state }: ShippedVersion): boolean {
  return state === 'inProgress' || state === 'waiting';
}

/** What is live according to a history; `undefined` when nothing in it ever succeeded. */
export function liveIn(history: readonly ShippedVersion[]): LiveVersion | undefined {
  const live = history.find((shipped) => shipped.state === 'live');
  if (!live || live.succeededAt === undefined) return undefined;
  const { deploymentId, runId, label, sha, by, isRollback, evidence, verdict, conflict, succeededAt } = live;
  return { deploymentId, runId, label, sha, since: succeededAt, by, isRollback, evidence, verdict, conflict };
}

/** The run's end corrects the record: GitHub calls the deployment of a cancelled job failed, and a dead job leaves it open. */
function stateOf(deployment: Deployment, run: WorkflowRun | undefined): ShippedVersion['state'] {
  if (run?.status === 'completed') {
    if (run.conclusion === 'cancelled') return 'cancelled';
    if (run.conclusion === 'failure' || run.conclusion === 'timedOut' || run.conclusion === 'startupFailure') return 'failed';
  }
  const last = deployment.statuses.findLast(({ state }) => state !== 'inactive' && state !== 'unknown')?.state;
  switch (last) {
    case 'failure':
    case 'error':
      return 'failed';
    case 'waiting':
      return 'waiting';
    case 'pending':
    case 'queued':
    case 'inProgress':
      if (run?.status === 'completed') return 'unknown';
      return run?.status === 'waiting' ? 'waiting' : 'inProgress';
    case 'success':
    case 'inactive':
    case 'unknown':
      return 'unknown';
    case undefined:
      return run && run.status !== 'completed' ? (run.status === 'waiting' ? 'waiting' : 'inProgress') : 'unknown';
  }
}
