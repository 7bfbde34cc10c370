import type { RepositoryState } from '../app/repositoryState.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import { spoken, type Row } from './row.ts';
import type { Reader } from './reader.ts';

/** A list that has more than is shown, and the command that loads it. */
export interface More {
  readonly kind: 'run' | 'release';
  readonly shown: number;
  readonly total: number;
  readonly isLoading: boolean;
  readonly command: string;
}

/** The last row of a list of which there is more: how much is shown, and a click loads the next page. */
export function moreRow({ kind, shown, total, isLoading, command }: More, { repository }: RepositoryState, { say }: Reader): Row {
  const label = isLoading ? say(text('Loading…')) : say(text('Load More…'));
  const description = say(text('{shown} of {total}', { shown, total }));
  return {
    key: `${repositoryKey(repository)}|${kind}|more`,
    label,
    description,
    icon: { codicon: isLoading ? 'loading~spin' : 'ellipsis' },
    tooltip: [],
    contextValue: 'more',
    collapsible: 'none',
    ...(isLoading ? {} : { command }),
    accessibilityLabel: spoken([label, description]),
    argument: { repositoryKey: repositoryKey(repository) },
  };
}
