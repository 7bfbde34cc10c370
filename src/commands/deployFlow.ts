import { l10n } from 'vscode';
import type { DeployPlan } from '../app/deployPlan.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import { loadedState } from './pickSession.ts';
import { sendDeploy } from '../app/sendDeploy.ts';
import type { CommandContext } from './commandContext.ts';
import { askReason } from './askInputs.ts';
import { confirmPlan } from './confirmPlan.ts';
import { actText } from './planText.ts';
import { showBusy } from './showBusy.ts';

/**
 * From a plan to a followed run: makes the plan, asks why where `why` has a question or the workflow wants a reason, confirms, sends. Nothing
 * happens when the user leaves on the way.
 */
export async function confirmAndSend(
  context: CommandContext,
  session: RepositorySession,
  makePlan: () => Promise<DeployPlan>,
  options: { why?: (plan: DeployPlan) => string; signal: AbortSignal },
): Promise<void> {
  const plan = await showBusy(makePlan);
  const isReasonAsked = options.why !== undefined || plan.isReasonRequired === true;
  const reason = isReasonAsked ? await askReason(context, options.why?.(plan) ?? l10n.t('{act}: Why?', { act: actText(plan) }), plan) : '';
  if (reason === undefined) return;
  const state = await loadedState(session, options.signal);
  const answers = await confirmPlan(context, plan, state, reason);
  if (!answers) return;
  context.log.info(`${plan.kind} of ${plan.version.label} (${plan.version.sha}) to ${plan.target.environment} confirmed.`);
  await showBusy(() => sendDeploy(session, plan, answers.inputs, answers.reason));
}
