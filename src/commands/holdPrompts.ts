import { l10n, window } from 'vscode';
import { back } from '../host/prompts.ts';
import type { CommandContext } from './commandContext.ts';

/** Long enough to say why, short enough for a row's tooltip and a line in Slack. */
const longestReason = 300;

/** Asks why; nothing is held or lifted without a word. `undefined` after Escape. */
export async function askHoldReason(context: CommandContext, title: string, prompt: string): Promise<string | undefined> {
  const answer = await context.prompts.input({
    title,
    prompt,
    validate: (typed) => {
      if (typed.trim() === '') return l10n.t('A reason is required.');
      return typed.trim().length > longestReason ? l10n.t('At most {count} characters.', { count: longestReason }) : undefined;
    },
  });
  return answer === back ? undefined : answer?.trim();
}

/** Says that the request was taken and its run is not to be seen yet. */
export function tellUnseen(): void {
  void window.showInformationMessage(l10n.t('GitHub took the request, and does not show its run yet. It appears in Runs.'));
}
