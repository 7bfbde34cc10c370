import type { SecretStorage } from 'vscode';
import { EventEmitter } from './basics.ts';

/** VS Code's secret storage in memory. */
export function fakeSecrets(): SecretStorage {
  const values = new Map<string, string>();
  const changed = new EventEmitter<{ readonly key: string }>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    store: (key, value) => {
      values.set(key, value);
      changed.fire({ key });
      return Promise.resolve();
    },
    delete: (key) => {
      values.delete(key);
      changed.fire({ key });
      return Promise.resolve();
    },
    onDidChange: changed.event,
  };
}
