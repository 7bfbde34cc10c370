import { env, l10n, window } from 'vscode';
import { fullName } from '../core/repositoryId.ts';
import { authorizedKeysLine } from '../core/serverScript.ts';
import { writtenAddress } from '../core/serverAddress.ts';
import { byAdministrator } from './byAdministrator.ts';
import type { Command } from './commandContext.ts';
import { openSetup } from './openSetup.ts';
import { showBusy } from './showBusy.ts';

const secret = 'DEPLOY_SSH_KEY';

/**
 * Generate a deploy key: made in memory, its private half goes sealed to GitHub and is forgotten here. Where a key is in use already,
 * the server must know the new one first, so that no deploy falls between.
 */
export const setUpKey: Command = byAdministrator(async (context, argument, signal) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  const { session, guide, setup } = opened;
  const { name, server } = guide.environment(argument?.environment);
  const secrets = await showBusy(() => setup.secrets(session.repository, { environment: name }, signal));
  const isRotation = secrets.some((one) => one.name === secret);
  const key = await context.setUp.generateKey(`${name}@${fullName(session.repository)}`);
  const line = authorizedKeysLine(key.publicLine, server);
  if (isRotation) {
    await env.clipboard.writeText(line);
    const answer = await context.prompts.confirm<'store'>({
      message: l10n.t('Replace the deploy key of {environment}?', { environment: name }),
      detail: [
        l10n.t('1. Add the new line to authorized_keys on {server}, beside the old one. It is in the clipboard.', { server: writtenAddress(server) }),
        l10n.t('2. Store the new key in GitHub here; the old one is replaced.'),
        l10n.t('3. Start a dry run. When it succeeds, remove the old line from the server.'),
      ].join('\n'),
      buttons: [{ label: l10n.t('The Line Is Added: Store the Key'), value: 'store' }],
    });
    if (answer === undefined) return;
  }
  await showBusy(() => setup.putSecret(session.repository, name, secret, key.privateKey));
  const { [name]: _before, ...dryRuns } = guide.record.dryRuns;
  await guide.remember({ publicKeys: { ...guide.record.publicKeys, [name]: key.publicLine }, dryRuns });
  context.log.info(`A deploy key for ${name} was generated and stored in GitHub.`);
  await guide.check();
  const copy = l10n.t('Copy Line');
  const message = isRotation
    ? l10n.t('The new key of {environment} is stored. Start a dry run, then remove the old line from the server.', { environment: name })
    : l10n.t('The key of {environment} is stored in GitHub. The server’s script lets it in; or add this line to authorized_keys: {line}', { environment: name, line });
  if ((await window.showInformationMessage(message, copy)) === copy) await env.clipboard.writeText(line);
});

/** Copy the line of authorized_keys that lets the generated key in. */
export const setUpCopyKey: Command = async (context, argument) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  const { name, server } = opened.guide.environment(argument?.environment);
  const publicLine = opened.guide.record.publicKeys[name];
  if (publicLine === undefined) {
    void window.showInformationMessage(l10n.t('The key of {environment} was not generated here, so its public half is not known. Generate one to rotate it.', { environment: name }));
    return;
  }
  await env.clipboard.writeText(authorizedKeysLine(publicLine, server));
  void window.showInformationMessage(l10n.t('The line for authorized_keys of {user} on {host} is in the clipboard.', { user: server.user, host: server.host }));
};
