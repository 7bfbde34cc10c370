import type { RepositoryState } from '../app/repositoryState.ts';
import type { Reader } from './reader.ts';

/** What the status bar is told of one repository. */
export interface StatusInput {
  readonly state: RepositoryState;
  readonly reader: Reader;
  /** The environment the user cares about, where they chose one. */
  readonly environment: string | undefined;
}
