import type { Memento } from 'vscode';
import type { Storage } from '../core/storage.ts';

/** VS Code's state of a workspace or of all windows as a `Storage`, under a prefix of its own. */
export function mementoStorage(memento: Memento, prefix: string): Storage {
  return {
    // The caller names the type of what it stored.
    get: (key: string) => memento.get(`${prefix}${key}`) as never,
    set: async (key, value) => memento.update(`${prefix}${key}`, value),
  };
}

/** A `Storage` that lasts as long as the window: for the sample team, whose world does not outlive it either. */
export function memoryStorage(): Storage {
  const values = new Map<string, unknown>();
  return {
    get: (key: string) => values.get(key) as never,
    set: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
      return Promise.resolve();
    },
  };
}
