import { l10n, ProgressLocation, window } from 'vscode';

/** Says in the status bar that something is being asked of GitHub while it is. */
export function showBusy<T>(work: () => Promise<T>): Promise<T> {
  return Promise.resolve(window.withProgress({ location: ProgressLocation.Window, title: l10n.t('Asking GitHub…') }, work));
}
