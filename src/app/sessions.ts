import type { Disposable } from '../core/clock.ts';
import type { RepositorySession } from './repositorySession.ts';

/** The repositories of this window, each with its own store. The list is replaced, never changed in place. */
export interface Sessions {
  readonly all: readonly RepositorySession[];
  /** Told when a repository came or went; changes inside a repository are its store's to tell. */
  onDidChange(listener: () => void): Disposable;
}
