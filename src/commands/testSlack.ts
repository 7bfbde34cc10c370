import { l10n, window } from 'vscode';
import { sendTest } from '../app/connectSlack.ts';
import { DeployError } from '../core/deployError.ts';
import type { Command } from './commandContext.ts';
import { pickSession } from './pickSession.ts';
import { showBusy } from './showBusy.ts';

/** Send a Slack Test Message: to the channel of all environments. */
export const testSlack: Command = async (context, argument, signal) => {
  const slack = await context.slack.current();
  if (!slack) throw new DeployError('slackNotConnected', 'Slack is not connected.', { actions: ['connectSlack'] });
  const session = await pickSession(context, argument);
  if (!session) return;
  const channel = context.slack.channelFor('*');
  if (slack.canEdit && channel === undefined) {
    throw new DeployError('slackChannel', 'No Slack channel is set. Connect again, or set "boussole.slack.channels".', { actions: ['connectSlack', 'openSettings'] });
  }
  const { repository, clock, store } = session;
  await showBusy(() => sendTest(slack, channel ?? '', { repository, clock, actor: store.state.facts?.viewer ?? '' }, signal));
  void window.showInformationMessage(l10n.t('The test message was sent to Slack.'));
};
