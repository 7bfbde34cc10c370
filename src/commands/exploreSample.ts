import { commands, l10n, window } from 'vscode';
import { DeployError } from '../core/deployError.ts';
import type { Command } from './commandContext.ts';

/** Explore the Sample Team: the views show a team that lives in memory, until it is left. */
export const exploreSample: Command = async (context) => {
  await context.sample.explore();
  await commands.executeCommand('workbench.view.extension.boussole');
  void offerToLeave();
};

/** Leave the Sample Team: back to the repositories of this window. */
export const leaveSample: Command = async (context) => {
  if (!context.sample.isOn()) throw new DeployError('notAvailable', 'You are not exploring the sample team.');
  await context.sample.leave();
};

/** The command is done when the team is on screen; the message may stay as long as it likes. */
async function offerToLeave(): Promise<void> {
  const leave = l10n.t('Leave the Sample Team');
  const answer = await window.showInformationMessage(
    l10n.t('This is a sample team that lives in memory. Deploy, roll back, break things: nothing leaves this window.'),
    leave,
  );
  if (answer === leave) await commands.executeCommand('boussole.leaveSample');
}
