import { env, l10n, window } from 'vscode';
import { hostKeyCommand, readHostKeys } from '../core/hostKey.ts';
import { knownHostName } from '../core/serverAddress.ts';
import { serverScript } from '../core/serverScript.ts';
import { back } from '../host/prompts.ts';
import { byAdministrator } from './byAdministrator.ts';
import type { Command } from './commandContext.ts';
import { openSetup } from './openSetup.ts';
import { say } from './say.ts';
import { showBusy } from './showBusy.ts';

/** Show the script that prepares the server, to be read and then run there as root. */
export const setUpServer: Command = async (context, argument) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  const { guide } = opened;
  const { name, server } = guide.environment(argument?.environment);
  const script = serverScript(await context.setUp.templates(), name, server, guide.record.publicKeys[name]);
  await context.setUp.showText(`prepare-${name}.sh`, script);
  await env.clipboard.writeText(script);
  void window.showInformationMessage(
    l10n.t('The script for {host} is in the clipboard. Read it, then run it there as root; it ends with the line for the host key.', { host: server.host }),
  );
};

/** Paste the server's host key, taken on the server itself. */
export const setUpHostKey: Command = byAdministrator(async (context, argument) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  const { session, guide, setup } = opened;
  const { name, server } = guide.environment(argument?.environment);
  const pasted = await context.prompts.input({
    title: l10n.t('Host Key of {host}', { host: knownHostName(server) }),
    prompt: l10n.t('Run this on the server itself and paste its line: {command}. Do not use ssh-keyscan: it trusts whoever answers.', { command: hostKeyCommand }),
    placeholder: 'ssh-ed25519 AAAAC3Nza…',
    validate: (value) => {
      const read = readHostKeys(value, server);
      return typeof read === 'string' ? undefined : say(read);
    },
  });
  if (pasted === undefined || pasted === back) return;
  const lines = readHostKeys(pasted, server);
  if (typeof lines !== 'string') return;
  await showBusy(() => setup.putVariable(session.repository, name, 'DEPLOY_KNOWN_HOSTS', lines));
  context.log.info(`The host key of ${name} was set.`);
  await guide.check();
});
