import type { Clock } from '../core/clock.ts';
import { DeployError, isDeployError } from '../core/deployError.ts';
import { ofEnvironment } from '../core/environment.ts';
import type { DispatchAnswer } from '../core/gitHub.ts';
import type { Hold } from '../core/hold.ts';
import { holdWay, type HoldAction, type HoldWay } from '../core/holdWorkflow.ts';
import { sameData } from '../core/sameData.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import { findDispatched, type SentRequest } from './findDispatched.ts';
import { loadedFacts, requireEnvironment, requireNotHeld, requireRight } from './planChecks.ts';
import type { RepositorySession } from './repositorySession.ts';
import type { RepositoryState } from './repositoryState.ts';

/** What a person confirmed. */
export interface HoldChange {
  readonly environment: string;
  readonly action: HoldAction;
  readonly reason: string;
  /** The hold that is to be lifted, as it was shown. */
  readonly lifts: Hold | undefined;
}

/** The way by which an environment is held and its hold lifted; `undefined` where no workflow of the repository does that, as for a hold on all environments. */
export function wayToHold({ settings }: Pick<RepositorySession, 'settings'>, state: RepositoryState, environment: string, hold?: Hold): HoldWay | undefined {
  const file = hold?.isGlobal ? undefined : state.facts?.holdWorkflow;
  return file && holdWay(file, environment, ofEnvironment(settings().environments, environment)?.inputs);
}

/**
 * Asks the repository's own workflow to hold deploys or to lift a hold, with the reason, on the default branch, and follows its run; no
 * ref is touched from here. What was confirmed must still be so. Answers with the run, or `undefined` where GitHub took the request
 * and shows no run of it for a minute.
 */
export async function changeHold(session: RepositorySession, change: HoldChange, signal: AbortSignal): Promise<WorkflowRun | undefined> {
  const { github, repository, refresher, store, tracker, newId, log } = session;
  await refresher.loadHolds(signal);
  const { state } = store;
  requireRight(state);
  const { environment, action, reason } = change;
  const found = requireEnvironment(state, environment);
  if (action === 'hold') requireNotHeld(found);
  else requireSame(found.hold, change);
  const way = wayToHold(session, state, environment, found.hold);
  const { defaultBranch, viewer } = loadedFacts(state);
  if (!way || defaultBranch === undefined) throw new DeployError('notAvailable', 'No workflow of this repository holds {environment}.', { values: { environment } });

  const correlationId = newId();
  const { inputs, actions } = way;
  log.info(`${action} of ${environment} confirmed.`);
  const answer = await github.dispatch(repository, {
    workflow: way.workflow,
    ref: defaultBranch,
    inputs: {
      [inputs.environment]: way.environment,
      [inputs.action]: actions[action],
      [inputs.reason]: reason,
      ...(inputs.correlationId === undefined ? {} : { [inputs.correlationId]: correlationId }),
    },
  });
  const run = await runOf(session, answer, { correlationId, workflow: way.workflow, ref: defaultBranch, actor: viewer }, inputs.correlationId, signal);
  if (run) tracker.follow(run);
  else if (answer.kind === 'unconfirmed') {
    throw new DeployError('unknownOutcome', '{host} did not confirm the request. It may have taken effect; look at the run before you repeat it.', {
      values: { host: repository.host.authority }, actions: ['openOnGitHub'], detail: answer.reason,
    });
  }
  return run;
}

function requireSame(hold: Hold | undefined, { environment, lifts }: HoldChange): void {
  if (!hold) throw new DeployError('notAvailable', 'Deploys to {environment} are not held any more.', { values: { environment } });
  if (sameData(hold, lifts)) return;
  throw new DeployError('refMoved', 'The hold on {environment} is another one than you confirmed. Look again before you lift it.', { values: { environment }, actions: ['retry'] });
}

/** A fresh run can take many seconds to show. */
const gapsMs = [0, 1_500, 2_500, 4_000, 6_000, 8_000, 10_000, 13_000, 15_000];

async function runOf(
  { github, repository, clock, store }: RepositorySession,
  answer: DispatchAnswer,
  request: SentRequest,
  idInput: string | undefined,
  signal: AbortSignal,
): Promise<WorkflowRun | undefined> {
  const titleCarriesId = idInput !== undefined && (store.state.facts?.holdWorkflow?.runName?.includes(idInput) ?? false);
  for (const gapMs of gapsMs) {
    await pause(clock, gapMs, signal);
    const run = answer.kind === 'started' ? await orNone(github.run(repository, answer.runId, signal)) : await listed(answer.kind === 'accepted' ? answer.at : answer.sentAt);
    if (run) return run;
  }
  return undefined;

  async function listed(since: number): Promise<WorkflowRun | undefined> {
    const created = `>=${new Date(Math.floor((since - 2_000) / 1_000) * 1_000).toISOString().replace('.000', '')}`;
    const { runs } = await github.runs(repository, { workflow: request.workflow, event: 'workflow_dispatch', created, page: 1, perPage: 10 }, signal);
    return findDispatched({ request, since, titleCarriesId }, runs, new Set());
  }
}

async function orNone(run: Promise<WorkflowRun>): Promise<WorkflowRun | undefined> {
  try {
    return await run;
  } catch (error) {
    if (isDeployError(error) && error.kind === 'notFound') return undefined;
    throw error;
  }
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, resolve);
    signal.addEventListener('abort', () => {
      timer.dispose();
      reject(new DOMException('The window closes.', 'AbortError'));
    }, { once: true });
  });
}
