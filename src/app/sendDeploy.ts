import { DeployError } from '../core/deployError.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import type { DeployPlan } from './deployPlan.ts';
import { requireEnvironment, requireNotHeld, requireRight } from './planChecks.ts';
import type { RepositorySession } from './repositorySession.ts';

/**
 * Sends a confirmed plan and answers with the followed run's key. What was confirmed must still hold: it throws `refMoved` when the
 * version names another commit by now, or something else went live meanwhile, and `held` when somebody holds the environment since.
 */
export async function sendDeploy(session: RepositorySession, plan: DeployPlan, answers: Readonly<Record<string, string>>, reason: string): Promise<string> {
  const { github, repository, refresher, store, tracker, newId } = session;
  const unreasoned = plan.isReasonRequired === true && reason === '' ? plan.reasonInput : undefined;
  const missing = unreasoned ?? plan.asks.find((input) => (answers[input.name] ?? '').trim() === '')?.name;
  if (missing !== undefined) {
    throw new DeployError('inputRejected', 'The input "{input}" of {workflow} is required to deploy to {environment}.', {
      values: { input: missing, workflow: plan.way.workflow, environment: plan.target.environment }, actions: ['retry'],
    });
  }

  const [commit] = await Promise.all([github.resolve(repository, plan.version.ref), refresher.refresh(), plan.kind === 'rollback' ? undefined : refresher.loadHolds()]);
  requireRight(store.state);
  if (commit?.sha !== plan.version.sha) {
    throw new DeployError('refMoved', '{version} has moved since you confirmed it. Look again at what would ship.', { values: { version: plan.version.label }, actions: ['retry'] });
  }
  const environment = requireEnvironment(store.state, plan.target.environment);
  if (plan.kind !== 'rollback') requireNotHeld(environment);
  const { live, target } = environment;
  const now = typeof live === 'object' ? live : undefined;
  if (now && plan.isLiveKnown && (now.sha ?? now.label) !== (plan.replaces?.sha ?? plan.replaces?.label)) {
    throw new DeployError('refMoved', '{live} went live in {environment} since you confirmed. Look again before you deploy.', {
      values: { live: now.label, environment: target.environment },
      actions: ['retry'],
    });
  }

  const isSentAlready = store.state.tracked.some((run) => run.key === plan.request.correlationId);
  const correlationId = isSentAlready ? newId() : plan.request.correlationId;
  const inputs: Record<string, string> = { ...plan.inputs, ...answers };
  for (const [name, value] of Object.entries(inputs)) if (value === plan.request.correlationId) inputs[name] = correlationId;
  if (plan.reasonInput !== undefined && reason !== '') inputs[plan.reasonInput] = reason;
  requireFit(inputs, plan);
  const request: DeployRequest = { ...plan.request, correlationId, inputs, reason, requestedAt: github.serverNow() };
  return tracker.dispatch(request);
}

/** What GitHub takes of all inputs together (its page "Workflow syntax", `workflow_dispatch.inputs`). */
const mostCharacters = 65_535;

function requireFit(inputs: Readonly<Record<string, string>>, { way }: DeployPlan): void {
  if (JSON.stringify(inputs).length <= mostCharacters) return;
  throw new DeployError('inputRejected', 'The inputs of {workflow} are too long: GitHub takes {most} characters of them together. Shorten the reason or another input.', {
    values: { workflow: way.workflow, most: String(mostCharacters) },
    actions: ['retry'],
  });
}
