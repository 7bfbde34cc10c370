import { l10n } from 'vscode';
import { notificationsEnvironment } from '../core/pipelineAnswers.ts';
import { slackSecret } from '../core/setupAnswers.ts';
import { back } from '../host/prompts.ts';
import { byAdministrator } from './byAdministrator.ts';
import type { Command } from './commandContext.ts';
import { openSetup } from './openSetup.ts';
import { showBusy } from './showBusy.ts';

/** Give the workflow what it tells Slack with: a bot's token or a webhook, sealed for GitHub and kept nowhere here. */
export const setUpSlackSecret: Command = byAdministrator(async (context, argument) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  const { session, guide, setup } = opened;
  const { slack } = guide.answers;
  const name = slackSecret(slack);
  const value = await context.prompts.input({
    title: l10n.t('Secret {name}', { name }),
    prompt:
      slack.kind === 'webhook'
        ? l10n.t('The address of an incoming webhook of your Slack app. It goes to GitHub as a secret of the environment “{environment}”.', { environment: notificationsEnvironment })
        : l10n.t('A bot token with the scope {scope}. It goes to GitHub as a secret of the environment “{environment}”.', { scope: 'chat:write', environment: notificationsEnvironment }),
    placeholder: slack.kind === 'webhook' ? 'https://hooks.slack.com/services/…' : 'xoxb-…',
    password: true,
    validate: (typed) => {
      if (slack.kind === 'webhook') return /^https:\/\/\S+$/.test(typed.trim()) && URL.canParse(typed.trim()) ? undefined : l10n.t('This is not a web address.');
      return /^xox[be]-[\w.-]+$/.test(typed.trim()) ? undefined : l10n.t('A bot token starts with "xoxb-".');
    },
  });
  if (value === undefined || value === back) return;
  await showBusy(() => setup.putSecret(session.repository, notificationsEnvironment, name, value.trim()));
  context.log.info(`The secret ${name} was stored in GitHub.`);
  await guide.check();
});
