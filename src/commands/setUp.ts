import { l10n, window } from 'vscode';
import { planPipeline, setupBranch } from '../app/pipelineChange.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import { detect } from '../app/setupDefaults.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import { DeployError } from '../core/deployError.ts';
import { fullName, repositoryKey } from '../core/repositoryId.ts';
import { askSetup } from './askSetup.ts';
import type { Command } from './commandContext.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';
import { setUpCommit } from './setUpCommit.ts';
import { showBusy } from './showBusy.ts';

/**
 * Set Up Deployment…: asks what the pipeline must know, shows each file that would change, and leaves the rest to the checklist. Run
 * again it shows only what differs. Nothing is written before the person has seen it and said yes.
 */
export const setUp: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const base = requireWritable(session, state);
  const guide = context.setUp.guide(session);
  const setup = await session.setup();
  const detected = await showBusy(async () => {
    await session.refresher.loadVersions();
    const { facts } = session.store.state;
    const known = { defaultBranch: base, branches: (facts?.branches ?? []).map(({ name }) => name), viewer: facts?.viewer ?? '', log: context.log };
    return detect(setup, session.repository, known, signal);
  });
  const questions = { prompts: context.prompts, repository: session.repository, detected, channel: context.slack.channelFor('*') ?? '#deploys', keep: (answers: NonNullable<typeof guide.record.answers>) => guide.remember({ answers }) };
  const answers = await askSetup(questions, guide.record.answers);
  if (!answers) return;
  const change = await showBusy(async () => planPipeline(setup, session.repository, await context.setUp.templates(), answers, base, signal));
  const isNew = change.files.length > 0;
  guide.propose(isNew ? change : undefined);
  await guide.remember({ answers, isGoingOn: true });
  await context.setUp.show();
  void guide.check().catch((error: unknown) => context.log.error('The setup could not be checked.', error));
  if (!isNew) {
    void window.showInformationMessage(l10n.t('The pipeline on {branch} is as it should be already. The checklist shows what else there is to do.', { branch: base }));
    return;
  }
  await context.setUp.showChanges(fullName(session.repository), change);
  const commit = l10n.t('Commit…');
  const message =
    change.files.length === 1
      ? l10n.t('1 file would change. Read it, then commit it to the branch {branch}; {base} and your own files stay as they are.', { branch: setupBranch, base })
      : l10n.t('{count} files would change. Read them, then commit them to the branch {branch}; {base} and your own files stay as they are.', { count: change.files.length, branch: setupBranch, base });
  if ((await window.showInformationMessage(message, commit)) !== commit) return;
  // The notification stays where it is while the checklist commits.
  if (guide.proposal) await setUpCommit(context, { repositoryKey: repositoryKey(session.repository) }, signal);
  else void window.showInformationMessage(l10n.t('This is done already: no file waits to be committed. The checklist shows what comes next.'));
};

/** The default branch of a repository that can be written to; throws why it cannot. */
function requireWritable({ repository }: RepositorySession, { facts }: RepositoryState): string {
  const values = { repository: fullName(repository) };
  if (facts?.isArchived) throw new DeployError('repositoryArchived', '{repository} is archived, so nothing can be set up in it.', { values });
  if (facts?.isEmpty || facts?.defaultBranch === undefined) throw new DeployError('notAvailable', '{repository} has no commit yet. Push a first one, then set up its deployment.', { values });
  const { permission } = facts;
  if (permission === 'read' || permission === 'triage') {
    throw new DeployError('forbidden', 'You may only read {repository}. Setting up its deployment needs the right to write, and its environments the role “admin”.', { values });
  }
  return facts.defaultBranch;
}
