import type { RepositoryState } from '../app/repositoryState.ts';
import { plainText } from '../core/plainText.ts';
import { fullName, repositoryKey, repositoryUrl } from '../core/repositoryId.ts';
import { bold, escaped } from './markdownEscape.ts';
import { connectionWords } from './connectionWords.ts';
import { contextValue, spoken, type Row } from './row.ts';
import type { Reader } from './reader.ts';

/** One repository's rows as they are; several repositories' below a row for each. */
export function repositoryRows(
  states: readonly RepositoryState[],
  rows: (state: RepositoryState, reader: Reader) => readonly Row[],
  readerOf: (state: RepositoryState) => Reader,
): readonly Row[] {
  const [only] = states;
  if (!only) return [];
  if (states.length === 1) return rows(only, readerOf(only));
  return states.map((state) => repositoryRow(state, rows, readerOf(state)));
}

function repositoryRow(state: RepositoryState, rows: (state: RepositoryState, reader: Reader) => readonly Row[], reader: Reader): Row {
  const label = plainText(state.repository.name, 80);
  const description = plainText(state.repository.owner, 80);
  const connection = connectionWords(state.connection, reader);
  return {
    key: `${repositoryKey(state.repository)}|repository`,
    label,
    description,
    icon: { codicon: connection === undefined ? 'repo' : 'warning' },
    tooltip: [bold(fullName(state.repository), 160), ...(connection === undefined ? [] : [escaped(connection, 500)])],
    contextValue: contextValue('repository', { openable: true }),
    collapsible: 'expanded',
    accessibilityLabel: spoken([label, description, connection]),
    argument: { repositoryKey: repositoryKey(state.repository), url: repositoryUrl(state.repository) },
    children: () => rows(state, reader),
  };
}
