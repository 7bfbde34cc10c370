import { l10n, window } from 'vscode';
import { DeployError } from '../core/deployError.ts';
import type { Command } from './commandContext.ts';

/** Disconnect Slack: forgets the token or webhook. */
export const disconnectSlack: Command = async (context) => {
  if (!(await context.slack.isConnected())) throw new DeployError('slackNotConnected', 'Slack is not connected.', { actions: ['connectSlack'] });
  await context.slack.keep(undefined);
  context.log.info('Slack was disconnected.');
  void window.showInformationMessage(l10n.t('Slack is disconnected. Deploys are not told there any more.'));
};
