import { commands, window } from 'vscode';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { StoreChange } from '../app/deployStore.ts';
import type { Sessions } from '../app/sessions.ts';
import type { Disposable } from '../core/clock.ts';
import { readerAt } from './localize.ts';
import { toastFor, type Toast } from './toastFor.ts';

/** Notifications with the next actions, as the settings want them. */
export class Toasts implements Disposable {
  readonly #sessions: Sessions;
  readonly #subscription: Disposable;
  #stores: readonly Disposable[] = [];

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#subscription = sessions.onDidChange(() => this.#listen());
    this.#listen();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const store of this.#stores) store.dispose();
  }

  #listen(): void {
    for (const store of this.#stores) store.dispose();
    this.#stores = this.#sessions.all.map((session) => session.store.onDidChange((change) => notify(change, session)));
  }
}

function notify({ events, after }: StoreChange, session: RepositorySession): void {
  for (const event of events) {
    const toast = toastFor(event, after, session.settings(), readerAt(session.github.serverNow()));
    if (toast) show(toast).catch((error: unknown) => session.log.error('A notification could not be shown.', error));
  }
}

async function show({ severity, message, actions }: Toast): Promise<void> {
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
