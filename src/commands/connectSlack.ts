import { commands, l10n, window } from 'vscode';
import { checkSlack } from '../app/connectSlack.ts';
import { DeployError, isDeployError } from '../core/deployError.ts';
import { withoutLinks } from '../core/plainText.ts';
import type { Slack } from '../core/slack.ts';
import type { SlackCredential } from '../core/slackCredential.ts';
import { back } from '../host/prompts.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { sayError } from './say.ts';
import { showBusy } from './showBusy.ts';

/** Connect Slack…: a bot token and a channel, or a webhook. What is missing is said, and nothing is kept before all is well. */
export const connectSlack: Command = async (context, _argument, signal) => {
  if (context.sample.isOn()) throw new DeployError('notAvailable', 'The sample team tells no Slack. Leave it to connect yours.');
  const kind = await context.prompts.pick<SlackCredential['kind']>({
    title: l10n.t('Connect Slack'),
    placeholder: l10n.t('How?'),
    choices: [
      { label: l10n.t('Bot Token'), description: l10n.t('with the scopes {scopes}', { scopes: 'chat:write, channels:read' }), detail: l10n.t('One message per deploy, kept up to date, with replies when someone is needed.'), icon: 'hubot', value: 'bot' },
      { label: l10n.t('Incoming Webhook'), detail: l10n.t('A message at the start and one at the end, in the channel of the webhook.'), icon: 'link', value: 'webhook' },
    ],
  });
  if (kind === undefined || kind === back) return;
  const connected = kind === 'bot' ? await connectBot(context, signal) : await connectWebhook(context);
  if (!connected) return;
  context.log.info(`Slack was connected (${kind}).`);
  const test = l10n.t('Send a Test Message');
  if ((await window.showInformationMessage(withoutLinks(connected), test)) === test) await commands.executeCommand('boussole.testSlack');
};

async function connectBot(context: CommandContext, signal: AbortSignal): Promise<string | undefined> {
  const token = await context.prompts.input({
    title: l10n.t('Slack Bot Token'),
    prompt: l10n.t('It starts with "xoxb-" and stands under "OAuth & Permissions" of your Slack app. It is kept in the secret storage of VS Code.'),
    placeholder: 'xoxb-…',
    password: true,
    validate: (value) => (/^xox[be]-[\w.-]+$/.test(value.trim()) ? undefined : l10n.t('A bot token starts with "xoxb-".')),
  });
  if (token === undefined || token === back) return undefined;
  const credential: SlackCredential = { kind: 'bot', token: token.trim() };
  const slack = await context.slack.open(credential);
  const { identity, missing } = await showBusy(() => checkSlack(slack, undefined, signal));
  const [problem] = missing;
  if (!identity || problem) throw problem ?? new DeployError('slackTokenRejected', 'Slack does not take this token.', { actions: ['connectSlack'] });
  const channel = await askChannel(context, slack, signal);
  if (!channel) return undefined;
  await context.slack.keep(credential);
  await context.slack.setChannel('*', channel.id);
  return l10n.t('Connected to {team} as {bot}: deploys are told in #{channel}.', { team: identity.team, bot: identity.bot, channel: channel.name });
}

/** Asks for a channel until Slack finds it and the bot is in it; what is missing can be mended meanwhile and looked at again. */
async function askChannel(context: CommandContext, slack: Slack, signal: AbortSignal): Promise<{ readonly id: string; readonly name: string } | undefined> {
  let value = context.slack.channelFor('*') ?? '#deploys';
  for (let ask = true; ; ) {
    if (ask) {
      const typed = await context.prompts.input({
        title: l10n.t('Slack Channel'),
        prompt: l10n.t('The channel for all environments; others can be set for each in the settings.'),
        value,
        validate: (name) => (name.trim() === '' ? l10n.t('Type the name or the id of a channel.') : undefined),
      });
      if (typed === undefined || typed === back) return undefined;
      value = typed.trim();
    }
    const { channel, missing } = await showBusy(() => checkSlack(slack, value, signal));
    if (channel) return channel;
    const [problem] = missing;
    const again = l10n.t('Check Again');
    const another = l10n.t('Another Channel…');
    const answer = await window.showErrorMessage(withoutLinks(problem ? sayError(problem) : l10n.t('The channel was not found.')), again, another);
    if (answer === undefined) return undefined;
    ask = answer === another;
  }
}

async function connectWebhook(context: CommandContext): Promise<string | undefined> {
  const url = await context.prompts.input({
    title: l10n.t('Slack Webhook'),
    prompt: l10n.t('The address of an incoming webhook of your Slack app. It is a secret and is kept in the secret storage of VS Code.'),
    placeholder: 'https://hooks.slack.com/services/…',
    password: true,
    validate: (value) => (URL.canParse(value.trim()) ? undefined : l10n.t('This is not a web address.')),
  });
  if (url === undefined || url === back) return undefined;
  const credential: SlackCredential = { kind: 'webhook', url: url.trim() };
  try {
    // Refuses what is no webhook; only a message could try the rest.
    await context.slack.open(credential);
  } catch (error) {
    if (isDeployError(error)) throw error;
    throw new DeployError('slackRefused', 'This webhook cannot be used.', { actions: ['connectSlack'], cause: error });
  }
  await context.slack.keep(credential);
  return l10n.t('The webhook is kept. Only a message can tell whether it works.');
}
