import { l10n } from 'vscode';
import { DeployError } from '../core/deployError.ts';
import { isDryRun } from '../core/dryRun.ts';
import type { PendingDeployment } from '../core/workflowRun.ts';
import { back } from '../host/prompts.ts';
import { text } from '../core/text.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { idOf, pickRun, type KnownRun } from './knownRun.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';
import { dotted } from './say.ts';
import { showBusy } from './showBusy.ts';

/** Approve or Reject Deployment…: which environment, yes or no, a comment. Who may not is told who may. */
export const approve: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const run = await pickRun(context, state, argument, { title: l10n.t('Approve or Reject'), fits: isWaiting, none: text('No run waits for approval.'), takesOnly: true });
  if (!run) return;
  const runId = idOf(run);
  const pending = await showBusy(() => session.github.pendingDeployments(session.repository, runId, signal));
  const waiting = await pickPending(context, pending);
  if (!waiting) return;
  const isDry = isDryRun(run.tracked?.request, run.run);
  const verdict = await context.prompts.pick<'approved' | 'rejected'>({
    title: run.title,
    placeholder: isDry ? l10n.t('Let the dry run of {environment} go on? It changes nothing.', { environment: waiting.environment }) : l10n.t('Let it be deployed to {environment}?', { environment: waiting.environment }),
    choices: [
      { label: isDry ? l10n.t('Approve the Dry Run of {environment}', { environment: waiting.environment }) : l10n.t('Approve the Deployment to {environment}', { environment: waiting.environment }), icon: 'check', value: 'approved' },
      { label: l10n.t('Reject It'), icon: 'close', value: 'rejected' },
    ],
  });
  if (verdict === undefined || verdict === back) return;
  const comment = await context.prompts.input({ title: run.title, prompt: l10n.t('A comment (optional)') });
  if (comment === undefined || comment === back) return;
  await showBusy(() => session.github.review(session.repository, runId, [waiting.environmentId], verdict, comment.trim()));
  context.log.info(`The deployment to ${waiting.environment} was ${verdict} (run ${runId}).`);
  await session.refresher.refresh(signal);
};

async function pickPending(context: CommandContext, pending: readonly PendingDeployment[]): Promise<PendingDeployment | undefined> {
  const mine = pending.filter(({ canApprove }) => canApprove);
  const [first] = mine;
  if (!first) {
    const [other] = pending;
    if (!other) throw new DeployError('notAvailable', 'This run does not wait for approval any more.', { actions: ['retry'] });
    throw new DeployError('forbidden', 'You cannot approve the deployment to {environment}. Reviewers: {reviewers}.', {
      values: { environment: other.environment, reviewers: other.reviewers.join(', ') || '–' },
    });
  }
  if (mine.length === 1) return first;
  const answer = await context.prompts.pick({
    title: l10n.t('Approve or Reject'),
    placeholder: l10n.t('Which environment?'),
    choices: mine.map((one) => ({ label: one.environment, description: dotted(one.reviewers), icon: 'shield', value: one })),
  });
  return answer === back ? undefined : answer;
}

function isWaiting({ tracked, run }: KnownRun): boolean {
  return tracked ? tracked.phase === 'waiting' : run?.status === 'waiting';
}
