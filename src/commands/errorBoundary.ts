import { commands, l10n, window } from 'vscode';
import { isAbort, isDeployError, type DeployError, type DeployErrorKind, type ErrorAction } from '../core/deployError.ts';
import { gitHubDotCom } from '../core/gitHubHost.ts';
import { withoutLinks } from '../core/plainText.ts';
import { repositoryKey, repositoryUrl } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import type { CommandContext } from './commandContext.ts';
import { openPage } from './openPage.ts';
import { sayDate, sayError } from './say.ts';
import { signInAgain } from './signInAgain.ts';

/**
 * The one place where a command's failure is answered. An abort is silence; a `DeployError` is a message with its actions as
 * buttons; anything else is a bug, told briefly, with its stack in the log. `argument` is the row that the command was about.
 */
export async function answerError(error: unknown, context: CommandContext, retry: () => Promise<void>, argument?: RowArgument): Promise<void> {
  if (isAbort(error)) return;
  if (!isDeployError(error)) {
    context.log.error('A command failed unexpectedly.', error);
    const showLog = l10n.t('Show Log');
    const message = l10n.t('Something went wrong in Boussole: {problem}', { problem: error instanceof Error ? error.message : String(error) });
    if ((await window.showErrorMessage(withoutLinks(message), showLog)) === showLog) context.log.show();
    return;
  }
  context.log.error('A command could not be carried out.', error);
  const offers = offersFor(error, context, retry, argument);
  const answer = await window.showErrorMessage(withoutLinks(whole(error)), ...offers.map(({ label }) => label));
  try {
    await offers.find(({ label }) => label === answer)?.run();
  } catch (next) {
    // Signing in was declined, or failed: its own dialog has said so.
    context.log.warn(`The action offered failed: ${next instanceof Error ? next.message : String(next)}`);
  }
}

interface Offer {
  readonly label: string;
  readonly run: () => unknown;
}

function offersFor(error: DeployError, context: CommandContext, retry: () => Promise<void>, argument: RowArgument | undefined): readonly Offer[] {
  if (error.kind === 'untrusted') return [{ label: l10n.t('Manage Workspace Trust'), run: () => commands.executeCommand('workbench.trust.manage') }];
  return error.actions.map((action) => offer(action, error, context, retry, argument));
}

function offer(action: ErrorAction, error: DeployError, context: CommandContext, retry: () => Promise<void>, argument: RowArgument | undefined): Offer {
  switch (action) {
    case 'signIn':
      return { label: l10n.t('Sign In'), run: run('boussole.signIn') };
    case 'signInAgain':
      return { label: l10n.t('Sign In Again'), run: () => signInAgain(context, error) };
    case 'authorizeSaml':
      return { label: l10n.t('Authorize'), run: () => signInAgain(context, error) };
    case 'useToken':
      return { label: l10n.t('Use a Token…'), run: run('boussole.useToken') };
    case 'retry':
      return { label: l10n.t('Retry'), run: retry };
    case 'showLog':
      return { label: l10n.t('Show Log'), run: () => context.log.show() };
    case 'openSettings':
      return { label: l10n.t('Open Settings'), run: () => openSettings(error.kind) };
    case 'selectRepository':
      return { label: l10n.t('Select Repository…'), run: run('boussole.selectRepository') };
    case 'connectSlack':
      return { label: l10n.t('Connect Slack…'), run: run('boussole.connectSlack') };
    case 'liftHold':
      return { label: l10n.t('Lift Hold…'), run: () => commands.executeCommand('boussole.liftHold', heldEnvironment(error, context, argument)) };
    case 'openOnGitHub':
      return { label: l10n.t('Open on GitHub'), run: () => openPage(context, error.values['url'] ?? pageOf(context, argument)) };
  }
}

/** The environment that the error names; where no row was given, of the only repository there is. */
function heldEnvironment({ values }: DeployError, { sessions }: CommandContext, argument: RowArgument | undefined): RowArgument | undefined {
  const key = argument?.repositoryKey ?? (sessions.all.length === 1 && sessions.all[0] ? repositoryKey(sessions.all[0].repository) : undefined);
  const { environment } = values;
  return key === undefined || environment === undefined ? undefined : { repositoryKey: key, environment };
}

function run(id: string): () => unknown {
  return () => commands.executeCommand(id);
}

/** The settings that the error is about: some are VS Code's own. */
function openSettings(kind: DeployErrorKind): unknown {
  if (kind === 'proxy' || kind === 'certificate') return commands.executeCommand('workbench.action.openSettings', 'http.proxy');
  if (kind === 'noRepository') return commands.executeCommand('workbench.action.openSettings', 'github-enterprise.uri');
  return commands.executeCommand('boussole.openSettings');
}

/** The workflows' page of the repository that the command was about. */
function pageOf({ sessions }: CommandContext, argument: RowArgument | undefined): string {
  const session = sessions.all.find(({ repository }) => repositoryKey(repository) === argument?.repositoryKey) ?? sessions.all[0];
  return session ? `${repositoryUrl(session.repository)}/actions` : gitHubDotCom.webUrl;
}

function whole(error: DeployError): string {
  const told = sayError(error);
  if (error.kind === 'held') {
    const since = error.since === undefined ? '' : ` ${l10n.t('Held since {time}.', { time: sayDate(error.since) })}`;
    return `${told}${since} ${l10n.t('Only rollbacks pass until the hold is lifted.')}`;
  }
  return error.retryAt === undefined ? told : `${told} ${l10n.t('Possible again at {time}.', { time: sayDate(error.retryAt) })}`;
}
