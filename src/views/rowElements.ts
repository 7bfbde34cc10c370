import { sameData } from '../core/sameData.ts';
import type { Row } from './row.ts';

/** What a tree must draw again; `all` when its first level changed. */
export type Redraw = 'all' | readonly Row[];

/**
 * The rows that a tree shows, each as one object for as long as its key lives, so that VS Code recognises it. New rows are
 * compared with those shown, level by level, and only what differs is drawn again.
 */
export class RowElements {
  readonly #elements = new Map<string, Row>();
  readonly #parents = new Map<string, Row | undefined>();
  readonly #shown = new Map<Row | undefined, readonly Row[]>();

  /** The elements for rows that are about to be shown below `parent`. */
  show(rows: readonly Row[], parent: Row | undefined): readonly Row[] {
    const elements = rows.map((row) => this.#adopt(row, parent));
    for (const before of this.#shown.get(parent) ?? []) if (!elements.includes(before)) this.#forget(before);
    this.#shown.set(parent, elements);
    return elements;
  }

  parentOf(element: Row): Row | undefined {
    return this.#parents.get(element.key);
  }

  /** The first shown element that fits. */
  find(fits: (row: Row) => boolean): Row | undefined {
    return [...this.#elements.values()].find(fits);
  }

  /** Takes the new first level in and says what must be drawn again. Nothing is shown before `show` was called once. */
  update(rows: readonly Row[]): Redraw {
    const shown = this.#shown.get(undefined);
    if (!shown) return [];
    if (!sameKeys(shown, rows)) {
      this.show(rows, undefined);
      return 'all';
    }
    return this.#compare(shown, rows, undefined);
  }

  #compare(shown: readonly Row[], rows: readonly Row[], parent: Row | undefined): readonly Row[] {
    return rows.flatMap((row, index) => {
      const element = shown[index];
      if (!element) return [];
      const isSame = sameRow(element, row);
      this.#adopt(row, parent);
      if (!isSame) return [element];
      const below = this.#shown.get(element);
      if (!below) return [];
      const children = row.children?.() ?? [];
      return sameKeys(below, children) ? this.#compare(below, children, element) : [element];
    });
  }

  #adopt(row: Row, parent: Row | undefined): Row {
    const element = this.#elements.get(row.key) ?? { ...row };
    // What a row may lack must not stay from before.
    Object.assign(element, { command: undefined, children: undefined, needs: undefined }, row);
    this.#elements.set(row.key, element);
    this.#parents.set(row.key, parent);
    return element;
  }

  #forget(element: Row): void {
    for (const child of this.#shown.get(element) ?? []) this.#forget(child);
    this.#shown.delete(element);
    this.#elements.delete(element.key);
    this.#parents.delete(element.key);
  }
}

function sameKeys(shown: readonly Row[], rows: readonly Row[]): boolean {
  return shown.length === rows.length && shown.every((element, index) => element.key === rows[index]?.key);
}

/** Equal to the eye: everything but the children, which are compared by themselves. */
function sameRow(a: Row, b: Row): boolean {
  return sameData(drawn(a), drawn(b));
}

function drawn({ children: _children, command, needs, ...rest }: Row): object {
  return { ...rest, command, needs };
}
