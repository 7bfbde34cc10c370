import { GraphError, type Args, type GraphNode } from './graph.ts';

const MAX_PAGE = 100;

/** A list with pages: `nodes`, `edges`, `pageInfo` and `totalCount`, by `first`/`after` or `last`/`before`. */
export function connection<T>(
  typename: string, items: readonly T[], args: Args, toNode: (item: T) => GraphNode, more: Readonly<Record<string, unknown>> = {},
): GraphNode {
  const { first, last } = args;
  if (typeof first !== 'number' && typeof last !== 'number') {
    throw new GraphError('MISSING_PAGINATION_BOUNDARIES', `You must provide a \`first\` or \`last\` value to properly paginate the \`${typename}\`.`);
  }
  const size = typeof first === 'number' ? first : (last as number);
  if (size > MAX_PAGE) {
    throw new GraphError('EXCESSIVE_PAGINATION', `Requesting ${size} records on the \`${typename}\` exceeds the \`first\` limit of ${MAX_PAGE} records.`);
  }
  const from = typeof args['after'] === 'string' ? readCursor(args['after']) : 0;
  const to = typeof args['before'] === 'string' ? readCursor(args['before']) - 1 : items.length;
  const start = typeof first === 'number' ? from : Math.max(from, to - size);
  const end = typeof first === 'number' ? Math.min(to, from + size) : to;
  const page = items.slice(start, end);
  return {
    __typename: typename,
    fields: {
      totalCount: items.length,
      nodes: () => page.map(toNode),
      edges: () => page.map((item, index) => ({
        __typename: typename.replace(/Connection$/, 'Edge'),
        fields: { cursor: writeCursor(start + index + 1), node: () => toNode(item) },
      })),
      pageInfo: {
        __typename: 'PageInfo',
        fields: {
          hasNextPage: end < items.length,
          hasPreviousPage: start > 0,
          startCursor: page.length > 0 ? writeCursor(start + 1) : null,
          endCursor: page.length > 0 ? writeCursor(end) : null,
        },
      },
      ...more,
    },
  };
}

/** Sorted as `orderBy: { field, direction }` asks, by the keys of the fields that can be asked for. */
export function ordered<T>(
  items: readonly T[], args: Args, keys: Readonly<Record<string, (item: T) => number | string>>, fallback: { field: string; direction: 'ASC' | 'DESC' },
): readonly T[] {
  const order = (args['orderBy'] ?? fallback) as { field: string; direction: string };
  const key = keys[order.field];
  if (!key) throw new GraphError('INVALID', `Cannot order by ${order.field}`);
  const sign = order.direction === 'DESC' ? -1 : 1;
  return items.map((item, index) => ({ item, index, key: key(item) })).sort((a, b) =>
    sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index)).map(({ item }) => item);
}

function writeCursor(index: number): string {
  return btoa(`cursor:v2:${index}`);
}

function readCursor(cursor: string): number {
  let text = '';
  try {
    text = atob(cursor);
  } catch {
    // Not one of ours: refused below.
  }
  const match = /^cursor:v2:(\d+)$/.exec(text);
  if (!match) throw new GraphError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(match[1]);
}
