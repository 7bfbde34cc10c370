import { l10n, window } from 'vscode';
import { startDryRun } from '../app/startDryRun.ts';
import type { Command } from './commandContext.ts';
import { openSetup } from './openSetup.ts';
import { requireRight } from '../app/planChecks.ts';
import { showBusy } from './showBusy.ts';

/** Start a dry run of an environment: everything up to the server's door, and nothing is changed. */
export const setUpDryRun: Command = async (context, argument) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  requireRight(opened.session.store.state);
  await showBusy(() => startDryRun(opened.guide, argument?.environment, 'First dry run'));
  void window.showInformationMessage(l10n.t('The dry run of {environment} was started. The Runs view follows it.', { environment: argument?.environment ?? '' }));
};

/** Look again at how the setup stands. */
export const setUpCheck: Command = async (context, argument) => {
  const opened = await openSetup(context, argument);
  await opened?.guide.check();
};

/** Put the checklist away; running Set Up again brings it back. */
export const setUpFinish: Command = async (context, argument) => {
  const opened = await openSetup(context, argument);
  await opened?.guide.remember({ isGoingOn: false });
};
