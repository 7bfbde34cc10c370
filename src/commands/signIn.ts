import { l10n, window } from 'vscode';
import type { DeployError, DeployErrorKind } from '../core/deployError.ts';
import { gitHubDotCom, type GitHubHost } from '../core/gitHubHost.ts';
import { back } from '../host/prompts.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { signInAgain } from './signInAgain.ts';

/** Sign In to GitHub: with VS Code's own dialog, to the host that this window needs. */
export const signIn: Command = async (context) => {
  const host = await pickHost(context, l10n.t('Sign In to GitHub'));
  if (!host) return;
  const refusal = refusalOf(context, host);
  if (refusal) return signInAgain(context, refusal);
  const { kind } = await context.windowState();
  await context.accounts.signIn(host);
  // Where a view waited for it, the view itself shows that it is done.
  if (kind !== 'signedOut') void window.showInformationMessage(l10n.t('You are signed in to {host}.', { host: host.authority }));
};

/** What GitHub has against the sign-in that there is; VS Code would otherwise hand out the same one again. */
function refusalOf({ sessions }: CommandContext, { authority }: GitHubHost): DeployError | undefined {
  for (const { repository, store } of sessions.all) {
    if (repository.host.authority !== authority) continue;
    const { connection, tracked } = store.state;
    if (connection.kind === 'failed' && isUnfit(connection.error)) return connection.error;
    const last = tracked.at(-1);
    if (last?.phase === 'rejected' && isUnfit(last.error)) return last.error;
  }
  return undefined;
}

function isUnfit({ kind }: DeployError): boolean {
  return unfit.includes(kind);
}

const unfit: readonly DeployErrorKind[] = ['tokenRejected', 'samlRequired', 'missingScope', 'codespacesToken', 'notSignedIn'];

/** The host that waits for a sign-in, else the repositories' one, else the one that the user picks. `undefined` after Escape. */
export async function pickHost(context: CommandContext, title: string): Promise<GitHubHost | undefined> {
  const state = await context.windowState();
  if (state.kind === 'signedOut') return state.host;
  const hosts = context.accounts.hosts();
  const used = new Set(context.repositories.candidates().flatMap(({ candidates }) => candidates.map(({ repository }) => repository.host.authority)));
  const needed = hosts.filter(({ authority }) => used.has(authority));
  const choices = needed.length > 0 ? needed : hosts;
  if (choices.length <= 1) return choices[0] ?? gitHubDotCom;
  const answer = await context.prompts.pick({
    title,
    placeholder: l10n.t('Which GitHub?'),
    choices: choices.map((host) => ({ label: host.authority, description: host.webUrl, icon: 'github', value: host })),
  });
  return answer === back ? undefined : answer;
}
