import { commands, window } from 'vscode';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { StoreChange } from '../app/deployStore.ts';
import type { Sessions } from '../app/sessions.ts';
import type { Disposable } from '../core/clock.ts';
import { withoutLinks } from '../core/plainText.ts';
import { followStores } from './followStores.ts';
import { readerAt } from './localize.ts';
import { toastFor, type Toast } from './toastFor.ts';

/** Notifications with the next actions, as the settings want them. */
export class Toasts implements Disposable {
  readonly #stores: Disposable;

  constructor(sessions: Sessions) {
    this.#stores = followStores(sessions, notify);
  }

  dispose(): void {
    this.#stores.dispose();
  }
}

function notify({ events, after }: StoreChange, session: RepositorySession): void {
  for (const event of events) {
    const toast = toastFor(event, after, session.settings(), readerAt(session.github.serverNow()));
    if (toast) show(toast).catch((error: unknown) => session.log.error('A notification could not be shown.', error));
  }
}

async function show({ severity, message: said, actions }: Toast): Promise<void> {
  const message = withoutLinks(said);
  const titles = actions.map(({ title }) => title);
  const answer =
    severity === 'error'
      ? await window.showErrorMessage(message, ...titles)
      : severity === 'warning'
        ? await window.showWarningMessage(message, ...titles)
        : await window.showInformationMessage(message, ...titles);
  const action = actions.find(({ title }) => title === answer);
  if (action) await commands.executeCommand(action.command, action.argument);
}
