import type { RepositoryState } from '../app/repositoryState.ts';
import type { WindowState } from '../app/windowState.ts';
import { text } from '../core/text.ts';
import { deploysUnderway } from './deploysUnderway.ts';
import { environmentRows } from './environmentRows.ts';
import { releaseRows } from './releaseRows.ts';
import type { Row } from './row.ts';
import { runRows } from './runRows.ts';
import type { Reader } from './reader.ts';
import { filterWords, runsMessage, viewMessage } from './viewMessage.ts';
import { wayOutRows } from './wayOutRows.ts';

/** What one of the three views shows, as functions of the state. */
export interface ViewContent {
  readonly rows: (state: RepositoryState, reader: Reader) => readonly Row[];
  /** Whether the view says what concerns the whole window, too. */
  readonly tellsOfWindow?: boolean;
  readonly message: (states: readonly RepositoryState[], reader: Reader) => string | undefined;
  readonly description?: (states: readonly RepositoryState[], reader: Reader) => string | undefined;
  /** What can be done instead, where there is no row at all. */
  readonly instead?: (window: WindowState, states: readonly RepositoryState[], reader: Reader) => readonly Row[];
  readonly badge?: (states: readonly RepositoryState[], reader: Reader) => { readonly value: number; readonly tooltip: string } | undefined;
}

/** *Environments* carries what concerns the whole repository, and a badge for deployments that wait for this person. */
export const environmentsView: ViewContent = {
  rows: environmentRows,
  tellsOfWindow: true,
  message: viewMessage,
  instead: wayOutRows,
  badge: (states, { now, say }) => {
    const value = states.flatMap((state) => deploysUnderway(state, now)).filter(({ canApprove }) => canApprove).length;
    if (value === 0) return undefined;
    const tooltip =
      value === 1 ? say(text('1 deployment waits for your approval')) : say(text('{count} deployments wait for your approval', { count: value }));
    return { value, tooltip };
  },
};

export const releasesView: ViewContent = {
  rows: releaseRows,
  message: (states, { say }) =>
    states.length > 0 && states.every(({ facts, releases }) => facts && releases.length === 0) ? say(text('No release yet.')) : undefined,
};

export const runsView: ViewContent = {
  rows: runRows,
  message: runsMessage,
  description: (states, reader) => states.map(({ runs }) => (runs ? filterWords(runs.filter, reader) : '')).find((words) => words !== ''),
};
