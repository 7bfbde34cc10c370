import type { Commit } from '../core/commit.ts';
import { divergence } from '../core/commitGraph.ts';
import type { Deployment } from '../core/deployment.ts';
import type { DeployTarget } from '../core/deployTarget.ts';
import { deployTargets } from '../core/deployTargets.ts';
import { sameEnvironment } from '../core/environment.ts';
import { leavesRecords } from '../core/environmentUse.ts';
import { expectedDuration } from '../core/expectedDuration.ts';
import { holdOn } from '../core/hold.ts';
import { holdWorkflowIn } from '../core/holdWorkflow.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import type { GitRef } from '../core/release.ts';
import { environmentsOfRuns, runEnvironment, type RunContext } from '../core/runEnvironment.ts';
import { sameData } from '../core/sameData.ts';
import { inReleaseOrder } from '../core/semverOrder.ts';
import type { Settings } from '../core/settings.ts';
import { siteLive } from '../core/siteLive.ts';
import { VersionNames } from '../core/versionNames.ts';
import { isUnderway, liveIn, shippedVersions } from '../core/whatIsLive.ts';
import { allDeployments, comparisonKey, historyPage, knowsAllNames, mayBeMisnamed, type Knowledge } from './knowledge.ts';
import { knownReleases, nextReleases } from './olderReleases.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import type { EnvironmentState, RepositoryFacts, RepositoryState, WaitingCommits } from './repositoryState.ts';

/** The part of the state that is drawn from what was read. */
export type Picture = Pick<RepositoryState, 'facts' | 'environments' | 'releases' | 'moreReleases'>;

/**
 * Draws the state from what was read; what is not known yet stays unknown, never guessed. Parts that say the same as in `before`
 * are the very same objects.
 */
export function drawPicture(knowledge: Knowledge, settings: Settings, before: Picture, webUrl: string): Picture {
  const { overview } = knowledge;
  if (!overview) return before;
  const deployments = allDeployments(knowledge);
  const known = knownReleases(knowledge);
  const branches = knownBranches(knowledge);
  const commits = new Map(overview.commits.map((commit) => [commit.sha, commit]));
  const facts: RepositoryFacts = {
    viewer: overview.viewer,
    permission: overview.permission,
    isArchived: overview.isArchived,
    isEmpty: overview.isEmpty,
    parent: overview.parent,
    defaultBranch: overview.defaultBranch,
    branches,
    tags: knowledge.tags ?? [],
    commits,
    unreadable: knowledge.files.flatMap(({ path, problem }) => (problem === undefined ? [] : [{ path, problem }])),
    holdWorkflow: holdWorkflowIn(knowledge.files, knowledge.workflows),
    asOf: knowledge.asOf,
  };
  const targets = deployTargets({
    files: knowledge.files,
    environments: overview.environments,
    deployments,
    settings,
    defaultBranch: overview.defaultBranch,
    workflowStates: knowledge.workflows,
  });
  const names = new VersionNames({ releases: known, tags: knowledge.tags ?? [], branches, commits });
  const context: RunContext = { targets, environmentsOfRun: environmentsOfRuns(deployments), requests: knowledge.requests };
  const runs = runsByEnvironment(knowledge.runs.values(), context);
  const draw = (target: DeployTarget) => drawEnvironment(target, { knowledge, deployments, branches, commits, names, context, runs, webUrl });
  const environments = targets.map((target) => {
    const drawn = draw(target);
    const shown = before.environments.find((one) => one.target.environment === target.environment);
    return shown && sameData(shown, drawn) ? shown : drawn;
  });
  const releases = inReleaseOrder(known);
  const moreReleases = nextReleases(knowledge) === undefined ? undefined : { total: overview.releaseCount, isLoading: before.moreReleases?.isLoading ?? false };
  return {
    facts: before.facts && sameData({ ...before.facts, asOf: 0 }, { ...facts, asOf: 0 }) ? before.facts : facts,
    environments: isSameList(before.environments, environments) ? before.environments : environments,
    releases: sameData(before.releases, releases) ? before.releases : releases,
    moreReleases: sameData(before.moreReleases, moreReleases) ? before.moreReleases : moreReleases,
  };
}

interface Canvas {
  readonly knowledge: Knowledge;
  readonly deployments: readonly Deployment[];
  readonly branches: readonly GitRef[];
  readonly commits: ReadonlyMap<string, Commit>;
  readonly names: VersionNames;
  readonly context: RunContext;
  /** By environment in lower case. */
  readonly runs: ReadonlyMap<string, readonly WorkflowRun[]>;
  /** The host's. */
  readonly webUrl: string;
}

function drawEnvironment(target: DeployTarget, canvas: Canvas): EnvironmentState {
  const { knowledge, deployments, context } = canvas;
  const { environment } = target;
  const key = environment.toLowerCase();
  const site = target.versionUrl === undefined ? undefined : knowledge.sites.get(target.versionUrl);
  const knowsNames = knowsAllNames(knowledge);
  const siteSaid = site && { ...site, url: target.versionUrl ?? '' };
  const history = shippedVersions({
    environment,
    environments: context.targets.map((one) => one.environment),
    deployments,
    runs: knowledge.runs,
    gone: knowledge.gone,
    requests: knowledge.requests,
    names: canvas.names,
    site: siteSaid,
  }).map((shipped) => (!knowsNames && mayBeMisnamed(shipped) ? { ...shipped, isProvisional: true } : shipped));
  // An overview brings at least the latest completed deployment of each environment: where none was completed, none ever was.
  const isComplete = (knowledge.overview?.deploymentsComplete ?? false) || (knowledge.older.get(key)?.isComplete ?? history.every(isUnderway));
  const recorded = drawLive(history, isComplete, target);
  const hasNoRecord = recorded === 'nothing' || (recorded === 'unknown' && !leavesRecords(target) && !history.some(({ state }) => state === 'live'));
  const live = (hasNoRecord && siteSaid && siteLive(siteSaid, canvas.names)) || recorded;
  const depth = knowledge.depths.get(key) ?? historyPage;
  const shown = history.filter(({ state }, index) => index < depth || state === 'live');
  return {
    target,
    environment: knowledge.overview?.environments.find((one) => sameEnvironment(one.name, environment)),
    live,
    waiting: drawWaiting(live, target, canvas),
    hold: holdOn(environment, knowledge.overview?.locks ?? [], canvas.webUrl),
    history: shown,
    historyComplete: isComplete && shown.length === history.length,
    expected: expectedDuration(environment, canvas.runs.get(key) ?? [], deployments),
  };
}

/** `unknown` until the run behind the live deployment was read, and the tag that its title may name: it can say that something else was shipped. */
function drawLive(history: readonly ShippedVersion[], isComplete: boolean, target: DeployTarget): EnvironmentState['live'] {
  const live = history.find((shipped) => shipped.state === 'live');
  if (live) return live.isProvisional ? 'unknown' : (liveIn(history) ?? 'unknown');
  return isComplete && leavesRecords(target) ? 'nothing' : 'unknown';
}

function drawWaiting(live: EnvironmentState['live'], target: DeployTarget, { knowledge, branches, commits }: Canvas): WaitingCommits {
  if (typeof live !== 'object' || live.sha === undefined) return { kind: 'unknown' };
  const head = branches.find((branch) => branch.name === target.branch)?.sha;
  const counted = head === undefined ? undefined : divergence(commits, live.sha, head);
  if (counted) return { kind: 'known', ...counted };
  const compared = knowledge.comparisons.get(comparisonKey(live.sha, head ?? target.branch));
  if (!compared || compared === 'none') return { kind: 'unknown' };
  return { kind: 'known', ahead: compared.aheadBy, behind: compared.behindBy, commits: compared.commits.toReversed() };
}

/** Heads from the overview are the freshest; others come from the whole list where it was read. */
function knownBranches({ overview, branches }: Knowledge): readonly GitRef[] {
  const fresh = overview?.branches ?? [];
  const names = new Set(fresh.map((branch) => branch.name));
  return [...fresh, ...branches.filter((branch) => !names.has(branch.name))];
}

function runsByEnvironment(runs: Iterable<WorkflowRun>, context: RunContext): ReadonlyMap<string, readonly WorkflowRun[]> {
  const found = new Map<string, WorkflowRun[]>();
  for (const run of runs) {
    const key = runEnvironment(run, context)?.toLowerCase();
    if (key === undefined) continue;
    const list = found.get(key);
    if (list) list.push(run);
    else found.set(key, [run]);
  }
  return found;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
