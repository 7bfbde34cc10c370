import type { StoreChange } from '../app/deployStore.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { Sessions } from '../app/sessions.ts';
import type { Disposable } from '../core/clock.ts';

/** Hears the stores of all sessions, as sessions come and go. `onList` is called at once and whenever the list is another. */
export function followStores(
  sessions: Sessions, onChange: (change: StoreChange, session: RepositorySession) => void, onList: () => void = () => undefined,
): Disposable {
  let stores: readonly Disposable[] = [];
  const leave = () => {
    for (const store of stores) store.dispose();
    stores = [];
  };
  const listen = () => {
    leave();
    stores = sessions.all.map((session) => session.store.onDidChange((change) => onChange(change, session)));
    onList();
  };
  const list = sessions.onDidChange(listen);
  listen();
  return {
    dispose: () => {
      list.dispose();
      leave();
    },
  };
}
