import { commands, env, l10n, Uri, window } from 'vscode';
import { isAbort, isDeployError, type DeployError, type ErrorAction } from '../core/deployError.ts';
import type { CommandContext } from './commandContext.ts';
import { sayDate, sayError } from './say.ts';

/**
 * The one place where a command's failure is answered. An abort is silence; a `DeployError` is a message with its actions as
 * buttons; anything else is a bug, told briefly, with its stack in the log.
 */
export async function answerError(error: unknown, context: CommandContext, retry: () => Promise<void>): Promise<void> {
  if (isAbort(error)) return;
  if (!isDeployError(error)) {
    context.log.error('A command failed unexpectedly.', error);
    const showLog = l10n.t('Show Log');
    const message = l10n.t('Something went wrong in Boussole: {problem}', { problem: error instanceof Error ? error.message : String(error) });
    if ((await window.showErrorMessage(message, showLog)) === showLog) context.log.show();
    return;
  }
  context.log.error('A command could not be carried out.', error);
  const offers = offersFor(error, context, retry);
  const answer = await window.showErrorMessage(whole(error), ...offers.map(({ label }) => label));
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

function offersFor(error: DeployError, context: CommandContext, retry: () => Promise<void>): readonly Offer[] {
  if (error.kind === 'untrusted') return [{ label: l10n.t('Manage Workspace Trust'), run: () => commands.executeCommand('workbench.trust.manage') }];
  return error.actions.map((action) => offer(action, error, context, retry));
}

function offer(action: ErrorAction, error: DeployError, context: CommandContext, retry: () => Promise<void>): Offer {
  switch (action) {
    case 'signIn':
      return { label: l10n.t('Sign In'), run: run('boussole.signIn') };
    case 'signInAgain':
      return { label: l10n.t('Sign In Again'), run: () => signInAgain(context, l10n.t('GitHub no longer accepts the sign-in.')) };
    case 'authorizeSaml':
      return { label: l10n.t('Authorize'), run: () => signInAgain(context, l10n.t('The organization asks for single sign-on.')) };
    case 'useToken':
      return { label: l10n.t('Use a Token…'), run: run('boussole.useToken') };
    case 'retry':
      return { label: l10n.t('Retry'), run: retry };
    case 'showLog':
      return { label: l10n.t('Show Log'), run: () => context.log.show() };
    case 'openSettings':
      return { label: l10n.t('Open Settings'), run: run('boussole.openSettings') };
    case 'selectRepository':
      return { label: l10n.t('Select Repository…'), run: run('boussole.selectRepository') };
    case 'connectSlack':
      return { label: l10n.t('Connect Slack…'), run: run('boussole.connectSlack') };
    case 'openOnGitHub':
      return { label: l10n.t('Open on GitHub'), run: () => openPage(error.values['url'], context) };
  }
}

function run(id: string): () => unknown {
  return () => commands.executeCommand(id);
}

async function signInAgain(context: CommandContext, why: string): Promise<void> {
  const state = await context.windowState();
  const host = state.kind === 'signedOut' ? state.host : context.sessions.all[0]?.repository.host;
  if (host) await context.accounts.signIn(host, why);
}

function openPage(url: string | undefined, context: CommandContext): unknown {
  const page = url ?? context.sessions.all[0]?.repository.host.webUrl;
  return page === undefined ? undefined : env.openExternal(Uri.parse(page, true));
}

function whole(error: DeployError): string {
  const told = sayError(error);
  return error.retryAt === undefined ? told : `${told} ${l10n.t('Possible again at {time}.', { time: sayDate(error.retryAt) })}`;
}
