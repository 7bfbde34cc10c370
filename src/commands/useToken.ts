import { l10n, window } from 'vscode';
import { DeployError } from '../core/deployError.ts';
import { back } from '../host/prompts.ts';
import type { Command } from './commandContext.ts';
import { pickHost } from './signIn.ts';

/** Use a GitHub Token…: for those who cannot sign in with VS Code. It is kept in SecretStorage, never in settings. */
export const useToken: Command = async (context) => {
  const host = await pickHost(context, l10n.t('Use a GitHub Token'));
  if (!host) return;
  const token = await context.prompts.input({
    title: l10n.t('GitHub Token for {host}', { host: host.authority }),
    prompt: l10n.t('A classic token with the scope "repo", or a fine-grained one that may read contents and write actions and deployments. It is kept in the secret storage of VS Code.'),
    password: true,
    validate: (value) => (/^\S{8,}$/.test(value.trim()) ? undefined : l10n.t('This does not look like a token.')),
  });
  if (token === undefined || token === back) return;
  await context.accounts.useToken(host, token.trim());
  void window.showInformationMessage(l10n.t('The token for {host} is in use.', { host: host.authority }));
};

/** Forget the GitHub Token. */
export const forgetToken: Command = async (context) => {
  const hosts = context.accounts.hosts();
  const kept = await Promise.all(hosts.map((host) => context.accounts.hasToken(host)));
  const withToken = hosts.filter((_host, index) => kept[index]);
  const [first] = withToken;
  if (!first) throw new DeployError('notAvailable', 'No GitHub token is kept.');
  const answer =
    withToken.length === 1
      ? first
      : await context.prompts.pick({ title: l10n.t('Forget the GitHub Token'), choices: withToken.map((host) => ({ label: host.authority, icon: 'key', value: host })) });
  if (answer === undefined || answer === back) return;
  await context.accounts.useToken(answer, undefined);
  void window.showInformationMessage(l10n.t('The token for {host} was forgotten.', { host: answer.authority }));
};
