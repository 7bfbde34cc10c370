import { env, l10n, Uri, window } from 'vscode';
import type { CommandContext } from './commandContext.ts';

/** Opens a page of GitHub in the browser. The sample team has none: that is said instead. */
export async function openPage(context: CommandContext, url: string): Promise<void> {
  if (context.sample.isOn()) {
    void window.showInformationMessage(l10n.t('The sample team lives in memory: there is no page on GitHub to open.'));
    return;
  }
  await env.openExternal(Uri.parse(url, true));
}
