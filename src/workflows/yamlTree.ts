import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Node, type Scalar, type YAMLMap } from 'yaml';
import { wordOf } from './tree.ts';

/** A key of a map with its value; aliases are followed. */
export interface Entry {
  readonly name: string;
  readonly key: Scalar;
  /** `undefined` for a key with nothing behind it. */
  readonly value: Node | undefined;
  /** True when the value stands elsewhere and is only named here. */
  readonly isAlias: boolean;
}

/** Reads a parsed document without expanding its aliases, so that each node keeps its place and no text can make it explode. */
export class YamlTree {
  readonly #document: Document.Parsed;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  get root(): Node | undefined {
    return this.follow(this.#document.contents);
  }

  /** The node behind an alias, or the node itself. */
  follow(node: unknown): Node | undefined {
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    return isMap(target) || isSeq(target) || isScalar(target) ? target : undefined;
  }

  entries(node: unknown): readonly Entry[] {
    const map = this.follow(node);
    if (!isMap(map)) return [];
    return map.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? wordOf(key.value) : undefined;
      return name === undefined || !isScalar(key) ? [] : [{ name, key, value: this.follow(value), isAlias: isAlias(value) }];
    });
  }

  entry(node: unknown, name: string): Entry | undefined {
    return this.entries(node).find((entry) => entry.name === name);
  }

  value(node: unknown, ...path: readonly string[]): Node | undefined {
    let at = this.follow(node);
    for (const name of path) at = this.entry(at, name)?.value;
    return at;
  }

  items(node: unknown): readonly Node[] {
    const seq = this.follow(node);
    return isSeq(seq) ? seq.items.map((item) => this.follow(item)).filter((item) => item !== undefined) : [];
  }

  word(node: unknown): string | undefined {
    const scalar = this.follow(node);
    return isScalar(scalar) ? wordOf(scalar.value) : undefined;
  }

  /** Every scalar below, keys left out, each once. */
  scalars(node: unknown, seen: Set<unknown> = new Set()): readonly Scalar[] {
    const target = this.follow(node);
    if (target === undefined || seen.has(target)) return [];
    seen.add(target);
    if (isScalar(target)) return [target];
    if (isMap(target) || isSeq(target)) return target.items.flatMap((item: unknown) => this.scalars(isPair(item) ? item.value : item, seen));
    return [];
  }
}

/** Where a node begins and where its own text ends, as offsets. */
export function spanOf(node: Node): { readonly from: number; readonly to: number } {
  const [from, to] = node.range ?? [0, 0];
  return { from, to };
}

/** `{ a: b }`, as opposed to a map on lines of its own. */
export function isFlow(node: Node | undefined): boolean {
  return isMap(node) || isSeq(node) ? node.flow === true : false;
}

export type { Node, Scalar, YAMLMap };
