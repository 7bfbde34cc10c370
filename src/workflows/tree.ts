/** A YAML map as plain data. */
export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The map, or an empty one where something else stands. */
export function treeOf(value: unknown): Tree {
  return isTree(value) ? value : {};
}

/** A scalar as the string GitHub makes of it; `undefined` for nothing, maps and lists. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}

/** One word or a list of words. */
export function wordsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(wordOf).filter((word) => word !== undefined);
}
