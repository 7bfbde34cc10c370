import { commands, l10n, window } from 'vscode';
import { readSettings } from '../app/readSettings.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import { openPoints, settingsSections } from '../app/settingsCheck.ts';
import { troubleOfSettings } from '../app/settingsFacts.ts';
import type { CheckedSettings } from '../app/setupChecks.ts';
import { isAbort, isDeployError, type DeployError } from '../core/deployError.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { loadedState, openSessions } from './pickSession.ts';
import { showBusy } from './showBusy.ts';

/** Check Deployment Setup: the workflow files of the open folders, as problems in the editor, and the settings on GitHub, as a list. */
export const checkSetup: Command = async (context, argument, signal) => {
  const sessions = await sessionsToCheck(context, argument?.repositoryKey);
  const [files, settings] = await showBusy(() => Promise.all([
    context.doctor.checkFiles(),
    isDeployError(sessions) ? [unasked(sessions)] : Promise.all(sessions.map((session) => checked(session, signal))),
  ]));
  // With nothing to look at, the way to something is the answer.
  if (isDeployError(sessions) && files.looked === 0) throw sessions;
  context.doctor.show(settings);
  if (files.problems > 0) await commands.executeCommand('workbench.actions.view.problems');
  await commands.executeCommand('boussole.checks.focus');
  const isAllRead = settings.every(({ sections }) => sections.every(({ items }) => items.every(({ state }) => state !== 'unknown')));
  if (files.problems === 0 && isAllRead && settings.every(({ sections }) => openPoints(sections) === 0)) {
    void window.showInformationMessage(l10n.t('The deployment setup is in order.'));
  }
};

/** Put the list of the last check away; the next check brings it back. */
export const closeCheck: Command = (context) => {
  context.doctor.close();
  return Promise.resolve();
};

/** The repositories to ask, or why there is none: the files can be checked all the same. */
async function sessionsToCheck(context: CommandContext, key: string | undefined): Promise<readonly RepositorySession[] | DeployError> {
  try {
    const all = await openSessions(context);
    const asked = all.filter(({ repository }) => repositoryKey(repository) === key);
    return asked.length > 0 ? asked : all;
  } catch (error) {
    if (isDeployError(error)) return error;
    throw error;
  }
}

async function checked(session: RepositorySession, signal: AbortSignal): Promise<CheckedSettings> {
  try {
    await loadedState(session, signal);
    const facts = await readSettings(session, signal);
    return { repository: session.repository, sections: settingsSections(facts), trouble: troubleOfSettings(facts) };
  } catch (error) {
    if (isAbort(error) || !isDeployError(error)) throw error;
    return { ...unasked(error), repository: session.repository };
  }
}

function unasked(error: DeployError): CheckedSettings {
  return {
    repository: undefined,
    sections: [{
      id: 'unasked',
      title: text('Settings on GitHub'),
      items: [{
        id: 'unasked',
        state: 'unknown',
        title: text('Could not be read'),
        detail: text(error.message, error.values),
        why: text('What cannot be read is not taken for safe: environments, reviewers and secrets may be in order or not.'),
        source: 'https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments',
        ...(error.kind === 'notSignedIn' ? { action: { title: text('Sign In'), command: 'boussole.signIn', argument: { repositoryKey: '' } } } : {}),
      }],
    }],
  };
}
