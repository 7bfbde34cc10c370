import type { DeployPlan } from '../app/deployPlan.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import { loadedState } from './pickSession.ts';
import { sendDeploy } from '../app/sendDeploy.ts';
import type { CommandContext } from './commandContext.ts';
import { confirmPlan } from './confirmPlan.ts';
import { showBusy } from './showBusy.ts';

/** From a plan to a followed run: makes the plan, confirms it, sends it. Nothing happens when the user leaves on the way. */
export async function confirmAndSend(
  context: CommandContext,
  session: RepositorySession,
  makePlan: () => Promise<DeployPlan>,
  options: { reason?: (plan: DeployPlan) => Promise<string | undefined>; signal: AbortSignal },
): Promise<void> {
  const plan = await showBusy(makePlan);
  const reason = options.reason ? await options.reason(plan) : '';
  if (reason === undefined) return;
  const state = await loadedState(session, options.signal);
  const answers = await confirmPlan(context, plan, state, reason);
  if (!answers) return;
  context.log.info(`${plan.kind} of ${plan.version.label} (${plan.version.sha}) to ${plan.target.environment} confirmed.`);
  await showBusy(() => sendDeploy(session, plan, answers.inputs, answers.reason));
}
