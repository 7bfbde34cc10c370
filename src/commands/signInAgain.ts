import { commands, env, l10n, Uri, window } from 'vscode';
import type { DeployError } from '../core/deployError.ts';
import { gitHubDotCom, type GitHubHost } from '../core/gitHubHost.ts';
import type { CommandContext } from './commandContext.ts';
import { sayError } from './say.ts';

/**
 * Mends a sign-in that GitHub refused: by the organization's single sign-on page where GitHub named it, for that authorises the
 * very sign-in there is, else by a new session.
 */
export async function signInAgain(context: CommandContext, error: DeployError): Promise<void> {
  const host = await hostOf(context, error);
  const page = singleSignOnPage(error, host);
  if (page === undefined) return context.accounts.signIn(host, sayError(error));
  await env.openExternal(Uri.parse(page, true));
  const refresh = l10n.t('Refresh');
  const answer = await window.showInformationMessage(l10n.t('Single sign-on for {host} opened in the browser. Refresh when you are through.', { host: host.authority }), refresh);
  if (answer === refresh) await commands.executeCommand('boussole.refresh');
}

/** The host that the error is about, else the one that waits for a sign-in, else the window's. */
async function hostOf(context: CommandContext, { values }: DeployError): Promise<GitHubHost> {
  const state = await context.windowState();
  const named = context.accounts.hosts().find(({ authority }) => authority === values['host']);
  return named ?? (state.kind === 'signedOut' ? state.host : context.sessions.all[0]?.repository.host) ?? gitHubDotCom;
}

/** Only a page of the host itself is opened. */
function singleSignOnPage({ kind, values }: DeployError, { webUrl }: GitHubHost): string | undefined {
  const url = values['url'] ?? '';
  return kind === 'samlRequired' && URL.canParse(url) && new URL(url).origin === webUrl ? url : undefined;
}
