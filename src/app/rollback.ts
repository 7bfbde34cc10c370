import { DeployError, errorSaying } from '../core/deployError.ts';
import type { DeployTarget, TargetWorkflow } from '../core/deployTarget.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import { rollbackCandidates } from '../core/rollbackCandidates.ts';
import { rollbackWay } from '../core/rollbackWay.ts';
import { sameEnvironment } from '../core/environment.ts';
import { shippedAs } from '../core/shippedAs.ts';
import { text } from '../core/text.ts';
import type { DeployPlan, RollbackChoice } from './deployPlan.ts';
import { requireEnvironment } from './planChecks.ts';
import { planDeploy } from './planDeploy.ts';
import type { RepositorySession } from './repositorySession.ts';
import type { RepositoryState } from './repositoryState.ts';
import { whyNotStartable } from './workflowCopies.ts';

/** What an environment can go back to, best first, each with its way or why there is none. */
export function rollbackChoices(state: RepositoryState, environment: string): readonly RollbackChoice[] {
  const found = state.environments.find(({ target }) => sameEnvironment(target.environment, environment));
  if (!found) return [];
  return rollbackCandidates(found.history).map((shipped) => {
    const version = shippedAs(shipped, state.releases, state.facts?.tags);
    return { shipped, version, way: rollbackWay(found.target, version) };
  });
}

/** The same, closed where the only way is a dispatch on the version's own tag and that tag's copy of the workflow cannot be started by hand. */
export async function checkedRollbackChoices(session: RepositorySession, environment: string, signal: AbortSignal): Promise<readonly RollbackChoice[]> {
  const choices = rollbackChoices(session.store.state, environment);
  const onTags = choices.flatMap(({ way, version }) => (way.kind === 'tagDispatch' && version ? [{ path: way.workflow, version }] : []));
  const [first] = onTags;
  if (!first) return choices;
  const whyNot = await whyNotStartable(session, first.path, onTags.map(({ version }) => version), signal);
  return choices.map((choice) => {
    const why = choice.way.kind === 'tagDispatch' && choice.version ? whyNot(choice.version) : undefined;
    return why ? { ...choice, way: { kind: 'none', why } } : choice;
  });
}

/**
 * Prepares the return to an earlier deployment: to a fixed version, with the inputs it had when we dispatched it ourselves. Throws
 * when what it shipped turns out to be something else than was shown.
 */
export async function planRollback(session: RepositorySession, environment: string, shipped: ShippedVersion, signal: AbortSignal): Promise<DeployPlan> {
  const { store, refresher, tracker } = session;
  if (shipped.isProvisional) await refresher.loadHistory(environment);
  const { state } = store;
  const { target, history } = requireEnvironment(state, environment);
  const known = history.find(({ deploymentId }) => deploymentId === shipped.deploymentId) ?? shipped;
  if (known.label !== shipped.label) {
    throw new DeployError('notAvailable', 'That deploy shipped {version}, not {shown} as its record says. Choose again.', {
      values: { version: known.label, shown: shipped.label },
      actions: ['retry'],
    });
  }
  const version = shippedAs(known, state.releases, state.facts?.tags);
  const way = rollbackWay(target, version);
  if (way.kind === 'none' || !version) {
    throw errorSaying('notAvailable', way.kind === 'none' ? way.why : text('Nothing says which commit it was, so it cannot be shipped again.'));
  }
  const kept = known.runId === undefined ? undefined : tracker.requestOf(known.runId)?.inputs;
  const workflow = workflowOf(target, way.kind);
  return planDeploy(session, { environment, version, kind: 'rollback' }, signal, { workflow, ref: way.ref, ...(kept ? { kept } : {}) });
}

function workflowOf({ deploy, rollback, environment }: DeployTarget, kind: 'rollbackWorkflow' | 'deployWorkflow' | 'tagDispatch'): TargetWorkflow {
  const workflow = kind === 'rollbackWorkflow' ? rollback : deploy;
  if (workflow) return workflow;
  throw new DeployError('noTarget', 'No workflow deploys to {environment}.', { values: { environment } });
}
