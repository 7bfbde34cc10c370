import { l10n, window } from 'vscode';
import { commitPipeline, planPipeline, setupBranch, type FileChange, type PipelineChange } from '../app/pipelineChange.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import { isDeployError } from '../core/deployError.ts';
import { fullName } from '../core/repositoryId.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { openPage } from './openPage.ts';
import { pickSession, requireTrust } from './pickSession.ts';
import { showBusy } from './showBusy.ts';

/** Commit the Pipeline…: a last yes that names branch and number of files, then one commit through GitHub. */
export const setUpCommit: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const guide = context.setUp.guide(session);
  const { proposal } = guide;
  // Shown in an earlier window: what was read there may not be what would be written now.
  if (!proposal) return proposeAnew(context, session, signal);
  const files = await confirmFiles(context, session, proposal);
  if (!files) return;
  const committer = await context.setUp.committer(session, signal);
  const outcome = await showBusy(() => commitPipeline(committer, session.repository, proposal, files)).catch(async (error: unknown) => {
    // What was read is not what would be written any more: it is shown anew before anybody is asked again.
    if (isDeployError(error) && error.kind === 'refMoved') await proposeAnew(context, session, signal);
    throw error;
  });
  guide.propose(undefined);
  context.log.info(`Set Up committed ${files.length} files to ${setupBranch} (${outcome.kind}).`);
  void guide.check().catch((error: unknown) => context.log.error('The setup could not be checked.', error));
  const open = l10n.t('Open Pull Request');
  const message = l10n.t('The pipeline stands on the branch {branch}. A pull request brings it to {base}; before it is merged, create the environments that are missing.', { branch: setupBranch, base: proposal.base });
  if ((await window.showInformationMessage(message, open)) === open) {
    await openPullRequest(context, session, proposal.base);
  }
};

/** Plans the change again and shows it; nothing is written. */
async function proposeAnew(context: CommandContext, session: RepositorySession, signal: AbortSignal): Promise<void> {
  const guide = context.setUp.guide(session);
  const base = session.store.state.facts?.defaultBranch ?? 'main';
  const change = await showBusy(async () => planPipeline(await session.setup(), session.repository, await context.setUp.templates(), guide.answers, base, signal));
  guide.propose(change.files.length > 0 ? change : undefined);
  if (change.files.length > 0) await context.setUp.showChanges(fullName(session.repository), change);
  await guide.check();
}

/** Open the Pull Request: GitHub's page for it, with Set Up's branch chosen. */
export const setUpPullRequest: Command = async (context, argument) => {
  const session = await pickSession(context, argument);
  if (session) await openPullRequest(context, session, session.store.state.facts?.defaultBranch ?? 'main');
};

async function openPullRequest(context: CommandContext, session: RepositorySession, base: string): Promise<void> {
  await openPage(context, (await session.setup()).compareUrl(session.repository, base, setupBranch));
}

/** The files that the person agrees to; files of the team are replaced only by a button that says so. */
async function confirmFiles(context: CommandContext, { repository }: RepositorySession, { base, files }: PipelineChange): Promise<readonly FileChange[] | undefined> {
  const ours = files.filter(({ isTheirs }) => !isTheirs);
  const theirs = files.filter(({ isTheirs }) => isTheirs);
  const replaced = files.filter(({ before }) => before !== undefined).length;
  const detail = [
    l10n.t('One commit on a branch of its own. {base} changes when the pull request is merged; the files on this machine do not change.', { base }),
    ...(replaced === 0 ? [] : [replaced === 1 ? l10n.t('1 file exists already and is replaced there, as the comparison shows.') : l10n.t('{count} files exist already and are replaced there, as the comparison shows.', { count: replaced })]),
    ...(theirs.length === 0 ? [] : [l10n.t('{files} belong to your team and were changed by it.', { files: theirs.map(({ path }) => path).join(', ') })]),
  ].join('\n\n');
  const all = files.length === 1 ? l10n.t('Commit 1 File') : l10n.t('Commit {count} Files', { count: files.length });
  const message = l10n.t('Commit to {branch} in {repository}: {count} files?', { branch: setupBranch, repository: fullName(repository), count: files.length });
  const kept = ours.length === 1 ? l10n.t('Commit 1 File, Keep Yours') : l10n.t('Commit {count} Files, Keep Yours', { count: ours.length });
  const answer = await context.prompts.confirm<'all' | 'ours'>({
    message,
    detail,
    buttons: theirs.length === 0 ? [{ label: all, value: 'all' }] : [...(ours.length === 0 ? [] : [{ label: kept, value: 'ours' as const }]), { label: theirs.length === files.length ? l10n.t('Replace Yours') : l10n.t('Commit All, Replace Yours'), value: 'all' }],
  });
  if (answer === undefined) return undefined;
  return answer === 'all' ? files : ours;
}
