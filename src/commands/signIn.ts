import { l10n } from 'vscode';
import type { DeployErrorKind } from '../core/deployError.ts';
import { gitHubDotCom, type GitHubHost } from '../core/gitHubHost.ts';
import { back } from '../host/prompts.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { sayError } from './say.ts';

/** Sign In to GitHub: with VS Code's own dialog, to the host that this window needs. */
export const signIn: Command = async (context) => {
  const host = await pickHost(context, l10n.t('Sign In to GitHub'));
  if (host) await context.accounts.signIn(host, whyAgain(context, host));
};

/** Why the sign-in that there is does not do, when GitHub said so; VS Code would otherwise hand out the same one again. */
function whyAgain({ sessions }: CommandContext, { authority }: GitHubHost): string | undefined {
  for (const { repository, store } of sessions.all) {
    const { connection } = store.state;
    if (repository.host.authority === authority && connection.kind === 'failed' && unfit.includes(connection.error.kind)) return sayError(connection.error);
  }
  return undefined;
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
