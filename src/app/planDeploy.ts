import type { Comparison } from '../core/commit.ts';
import { DeployError, isAbort, isDeployError } from '../core/deployError.ts';
import type { DeployKind, DeployRequest } from '../core/deployRequest.ts';
import type { DeployTarget, TargetWorkflow, Version } from '../core/deployTarget.ts';
import { ofEnvironment } from '../core/environment.ts';
import { pullRequestsIn } from '../core/pullRequests.ts';
import { canBeToldVersion } from '../core/rollbackWay.ts';
import type { WorkflowFile } from '../core/workflowFile.ts';
import type { DeployPlan } from './deployPlan.ts';
import { loadedFacts, requireDeploy, requireEnvironment, requireNotHeld, requireRight } from './planChecks.ts';
import { planInputs } from './planInputs.ts';
import { deploysUnderwayIn, planWarnings } from './planWarnings.ts';
import type { RepositorySession } from './repositorySession.ts';
import type { EnvironmentState } from './repositoryState.ts';
import { workflowPosts } from './workflowPosts.ts';

/** What a person chose. */
export interface DeployChoice {
  readonly environment: string;
  readonly version: Version;
  readonly kind: DeployKind;
  readonly reason?: string;
}

/** How the dispatch travels; found from the choice where it is not given. */
export interface DeployWay {
  readonly workflow: TargetWorkflow;
  readonly ref: string;
  /** Inputs of an earlier deploy to keep. */
  readonly kept?: Readonly<Record<string, string>>;
}

/**
 * Prepares a deploy: looks afresh at what is live and who is deploying, reads the workflow from the ref that will run, fills what is
 * known, and compares with what is live. Throws what makes it impossible, a hold among it; sends nothing.
 */
export async function planDeploy(session: RepositorySession, choice: DeployChoice, signal: AbortSignal, way?: DeployWay): Promise<DeployPlan> {
  const { github, repository, refresher, store, newId } = session;
  requireRight(store.state);
  const { target } = requireEnvironment(store.state, choice.environment);
  const { workflow, ref, kept } = way ?? wayOf(target, choice.version);
  const [version, file] = await Promise.all([resolved(session, choice.version, signal), readWorkflow(session, workflow.file.path, ref, signal), refresher.refresh(signal), choice.kind === 'rollback' ? undefined : refresher.loadHolds(signal)]);
  signal.throwIfAborted();
  if (choice.kind === 'rollback' && version.sha !== choice.version.sha) {
    throw new DeployError('refMoved', '{version} names another commit now than when it was live. Choose again.', { values: { version: version.label }, actions: ['retry'] });
  }

  const { state } = store;
  requireRight(state);
  const environment = requireEnvironment(state, choice.environment);
  if (choice.kind !== 'rollback') requireNotHeld(environment);
  const own = ofEnvironment(session.settings().environments, target.environment);
  const correlationId = newId();
  const asked = versionAsked(version, target, workflow);
  const planned = planInputs(
    file,
    { environment: target.environment, version: asked, correlationId, expectedCurrent: deploysUnderwayIn(state, environment).length > 0 ? undefined : expectedCurrent(environment), reason: choice.reason ?? '' },
    own?.inputs ?? {},
    kept,
  );
  const runsOnTag = ref === version.ref && (version.kind === 'tag' || version.kind === 'release');
  if (!runsOnTag && ref !== version.ref && !namesVersion(planned.inputs, asked)) {
    throw new DeployError('notAvailable', 'The workflow {workflow} takes no version at {ref}, so it cannot ship {version}.', {
      values: { workflow: file.path, ref, version: version.label },
    });
  }
  const live = typeof environment.live === 'object' ? environment.live : undefined;
  const looksAtBranch = target.isProduction && choice.kind !== 'rollback' && workflow.inputs.expectedSha !== undefined && version.ref !== target.branch;
  const [comparison, ofBranch, posts] = await Promise.all([
    live?.sha === undefined ? undefined : compared(session, live.sha, version.sha, signal),
    looksAtBranch ? compared(session, target.branch, version.sha, signal) : undefined,
    workflowPosts(session, file, signal),
  ]);
  const request: DeployRequest = {
    correlationId,
    kind: choice.kind,
    repository,
    environment: target.environment,
    isProduction: target.isProduction,
    version,
    replaces: live && { label: live.label, sha: live.sha },
    workflow: file.path,
    ref,
    inputs: planned.inputs,
    reason: choice.reason ?? '',
    actor: loadedFacts(state).viewer,
    requestedAt: github.serverNow(),
    workflowPosts: posts,
    expectedMs: environment.expected?.medianMs,
  };
  return {
    kind: choice.kind,
    target: environment.target,
    version,
    replaces: request.replaces,
    isLiveKnown: environment.live !== 'unknown',
    comparison,
    pullRequests: comparison ? pullRequestsIn(comparison.commits).length : 0,
    way: { workflow: file.path, ref },
    inputs: planned.inputs,
    asks: planned.asks,
    changeable: planned.changeable,
    reasonInput: planned.reasonInput,
    isReasonRequired: planned.isReasonRequired,
    warnings: planWarnings(state, environment, { kind: choice.kind, version, comparison, runsOnTag: runsOnTag && !canBeToldVersion(workflow), isOffBranch: (ofBranch?.aheadBy ?? 0) > 0 }),
    request,
  };
}

/** A workflow that takes a version runs on the branch it is started on for the environment; any other runs on the version itself. */
function wayOf(target: DeployTarget, version: Version): DeployWay {
  const workflow = requireDeploy(target);
  if (canBeToldVersion(workflow)) return { workflow, ref: workflow.branch };
  if (version.kind !== 'commit') return { workflow, ref: version.ref };
  throw new DeployError('notAvailable', 'The workflow {workflow} takes no version, and GitHub starts workflows only on branches and tags. Choose a branch or a tag.', {
    values: { workflow: workflow.file.path },
  });
}

/** A workflow that checks by itself what it ships knows the environment's own branch by name; the head of any other goes as the commit that it is. */
function versionAsked(version: Version, target: DeployTarget, { inputs }: TargetWorkflow): Version {
  const isOther = version.kind === 'branch' && version.ref !== target.branch && inputs.expectedSha !== undefined;
  return isOther ? { ...version, ref: version.sha } : version;
}

/** The version with the commit that it names now. */
async function resolved({ github, repository }: RepositorySession, version: Version, signal: AbortSignal): Promise<Version> {
  const commit = await github.resolve(repository, version.ref, signal);
  if (commit) return commit.sha === version.sha ? version : { ...version, sha: commit.sha };
  throw new DeployError('refNotFound', '{version} does not exist on GitHub any more.', { values: { version: version.label }, actions: ['retry'] });
}

async function readWorkflow(session: RepositorySession, path: string, ref: string, signal: AbortSignal): Promise<WorkflowFile> {
  const { github, repository } = session;
  const values = { workflow: path, ref };
  const text = await github.file(repository, path, ref, signal);
  if (text === undefined) throw new DeployError('notAvailable', 'The workflow {workflow} does not exist at {ref}, so it cannot run there.', { values, actions: ['openOnGitHub'] });
  const file = (await session.workflowFiles()).parse(path, text);
  if (file.problem !== undefined) {
    throw new DeployError('workflowUnreadable', 'The workflow {workflow} at {ref} cannot be read: {problem}', { values: { ...values, problem: file.problem }, actions: ['openOnGitHub'] });
  }
  if (file.dispatchInputs === undefined) {
    throw new DeployError('noDispatchTrigger', 'The workflow {workflow} cannot be started by hand at {ref}: it has no workflow_dispatch trigger there.', { values, actions: ['openOnGitHub'] });
  }
  return file;
}

/** What lies between; a failure to compare never stops a deploy. */
async function compared({ github, repository, log }: RepositorySession, base: string, head: string, signal: AbortSignal): Promise<Comparison | undefined> {
  try {
    return await github.compare(repository, base, head, signal);
  } catch (error) {
    if (isAbort(error) || !isDeployError(error)) throw error;
    log.debug(`What a deploy changes could not be compared: ${error.kind}.`);
    return undefined;
  }
}

/**
 * What a workflow may check to be live still: the tag where it has one, else the commit. A name that only a site knows is none of
 * both, and while somebody deploys there, nothing will stay.
 */
function expectedCurrent({ live }: EnvironmentState): string | undefined {
  if (typeof live !== 'object' || (live.deploymentId === undefined && live.sha === undefined)) return undefined;
  return live.sha === undefined || !live.sha.startsWith(live.label) ? live.label : live.sha;
}

function namesVersion(inputs: Readonly<Record<string, string>>, version: Version): boolean {
  return Object.values(inputs).includes(version.ref);
}
