import { commands } from 'vscode';
import type { Command } from './commandContext.ts';

/** Open Settings: those of Boussole. */
export const openSettings: Command = async () => {
  await commands.executeCommand('workbench.action.openSettings', '@ext:maboussole.boussole');
};
