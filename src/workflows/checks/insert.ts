import { isMap, isScalar } from 'yaml';
import type { TextEdit } from '../../core/finding.ts';
import type { SourceText } from '../sourceText.ts';
import { isFlow, spanOf, type Entry, type Node, type YamlTree } from '../yamlTree.ts';

/** A key to add to a map: as lines of block style, the first without indentation and the others relative to it, and as flow style. */
export interface NewKey {
  readonly lines: readonly string[];
  readonly flow: string;
}

/** Adds a key to a map right after one of its keys, or before it where nothing can stand after it; `undefined` where the map cannot take it. */
export function insertAfter(source: SourceText, anchor: Entry, map: Node, key: NewKey): readonly TextEdit[] | undefined {
  const { value } = anchor;
  const isOneLine = value !== undefined && !anchor.isAlias && ((isScalar(value) && value.type !== 'BLOCK_LITERAL' && value.type !== 'BLOCK_FOLDED') || isFlow(value));
  if (isFlow(map) || !isOneLine) return insertBefore(source, anchor, map, key);
  const { to } = spanOf(value);
  const end = source.lineEnd(to);
  if (!/^[\t ]*(?:#.*)?$/.test(source.text.slice(to, end))) return insertBefore(source, anchor, map, key);
  const margin = source.eol + ' '.repeat(source.column(spanOf(anchor.key).from));
  return [source.insert(end, margin + key.lines.join(margin))];
}

/** Adds a key to a map right before one of its keys. */
export function insertBefore(source: SourceText, anchor: Entry, map: Node, key: NewKey): readonly TextEdit[] | undefined {
  const { from } = spanOf(anchor.key);
  if (isFlow(map)) return [source.insert(from, `${key.flow}, `)];
  const column = source.column(from);
  const before = source.text.slice(from - column, from);
  // A key with a tag, an anchor or a question mark before it.
  if (!/^[\s-]*$/.test(before)) return undefined;
  const margin = source.eol + ' '.repeat(column);
  return [source.insert(from, key.lines.join(margin) + margin)];
}

/** Adds a key after the first of `anchors` that the map has, or before its first key. */
export function addKey(source: SourceText, tree: YamlTree, map: Node, anchors: readonly string[], key: NewKey): readonly TextEdit[] | undefined {
  if (!isMap(map)) return undefined;
  const entries = tree.entries(map);
  const anchor = anchors.map((name) => entries.find((entry) => entry.name === name)).find((entry) => entry !== undefined);
  if (anchor) return insertAfter(source, anchor, map, key);
  const [first] = entries;
  return first && insertBefore(source, first, map, key);
}

/** A value as YAML writes it on one line: plain where that is safe, else quoted. */
export function written(value: string, isInFlow: boolean): string {
  const isPlain = /^[A-Za-z0-9$~/.][^\r\n]*$/.test(value) && !/: |:$| #|\s$|\t/.test(value) && !(isInFlow && /[{}[\],]/.test(value)) && !/^(?:true|false|null|yes|no|on|off|~|[\d.+-][\d.eE+_-]*)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
