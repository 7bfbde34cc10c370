import { l10n } from 'vscode';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import type { WindowState } from '../app/windowState.ts';
import { DeployError, errorSaying } from '../core/deployError.ts';
import { fullName, repositoryKey } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { back } from '../host/prompts.ts';
import type { CommandContext } from './commandContext.ts';

/** The repository that a command is about: the row's and no other, the only one, or the one that the user picks. `undefined` after Escape. */
export async function pickSession(context: CommandContext, argument: RowArgument | undefined): Promise<RepositorySession | undefined> {
  const all = await openSessions(context);
  if (argument) {
    const session = all.find(({ repository }) => repositoryKey(repository) === argument.repositoryKey);
    if (session) return session;
    throw new DeployError('noRepository', 'The repository {repository} is not open in this window any more.', { values: { repository: argument.repositoryKey } });
  }
  if (all.length === 1) return all[0];
  const answer = await context.prompts.pick({
    title: l10n.t('Which Repository?'),
    choices: all.map((session) => ({ label: fullName(session.repository), description: session.repository.host.authority, icon: 'repo', value: session })),
  });
  return answer === back ? undefined : answer;
}

/** The sessions of the window, at least one, after another try where none could be opened; throws why there is none. */
export async function openSessions(context: CommandContext): Promise<readonly RepositorySession[]> {
  if ((await context.windowState()).kind === 'notOpened') await context.repositories.reopen();
  if (context.sessions.all.length === 0) throw noRepository(await context.windowState());
  return context.sessions.all;
}

/** The session's state once the first picture is there; throws what keeps it from coming. */
export async function loadedState(session: RepositorySession, signal: AbortSignal): Promise<RepositoryState & { facts: object }> {
  const known = loaded(session.store.state);
  if (known) return known;
  if (session.store.state.connection.kind === 'failed') await session.refresher.refresh(signal);
  return new Promise((resolve, reject) => {
    const settle = (state: RepositoryState): boolean => {
      const ready = loaded(state);
      if (ready) resolve(ready);
      else if (state.connection.kind === 'failed') reject(state.connection.error);
      return ready !== undefined || state.connection.kind === 'failed';
    };
    if (settle(session.store.state)) return;
    const subscription = session.store.onDidChange(({ after }) => {
      if (settle(after)) subscription.dispose();
    });
    signal.addEventListener('abort', () => {
      subscription.dispose();
      reject(new DOMException('The window closes.', 'AbortError'));
    }, { once: true });
  });
}

function loaded(state: RepositoryState): (RepositoryState & { facts: object }) | undefined {
  return state.facts ? { ...state, facts: state.facts } : undefined;
}

/** Nothing acts in a folder that the user does not trust. */
export function requireTrust(context: CommandContext): void {
  if (!context.isTrusted()) {
    throw new DeployError('untrusted', 'This folder is open in Restricted Mode, where Boussole changes nothing. Trust it to deploy from here.');
  }
}

/** Why the window has no repository, as an error with what to do. */
export function noRepository(state: WindowState): DeployError {
  switch (state.kind) {
    case 'signedOut':
      if (state.reason) return errorSaying('tokenRejected', state.reason, ['signInAgain', 'useToken']);
      return new DeployError('notSignedIn', 'You are not signed in to {host}.', { values: { host: state.host.authority }, actions: ['signIn', 'useToken'] });
    case 'chooseRepository':
      return new DeployError('noRepository', 'This folder has several repositories on GitHub. Choose the one it deploys to.', { actions: ['selectRepository'] });
    case 'notOpened':
      return state.repositories.length === 0
        ? new DeployError('noRepository', 'The sample team could not be opened. The log tells why.', { actions: ['retry', 'showLog'] })
        : new DeployError('noRepository', '{repositories} could not be opened. The log tells why.', { values: { repositories: state.repositories.join(', ') }, actions: ['retry', 'showLog'] });
    case 'noFolder':
      return new DeployError('noRepository', 'No folder is open. Open the folder of a repository that deploys with GitHub Actions.');
    case 'noGit':
      return new DeployError('noRepository', 'The open folder is not a git repository. Open a clone of a repository on GitHub.');
    case 'noRemote':
      return new DeployError('noRepository', 'This git repository has no remote. Add one that points to GitHub.');
    case 'noGitHubRemote':
      return new DeployError(
        'noRepository',
        'No remote of this repository is on a GitHub host that Boussole knows ({hosts}). For GitHub Enterprise set "github-enterprise.uri" in your user settings.',
        { values: { hosts: state.hosts.join(', ') }, actions: ['openSettings'] },
      );
    case 'starting':
    case 'ready':
      return new DeployError('noRepository', 'Boussole is still looking at this window. Try again in a moment.', { actions: ['retry'] });
  }
}
