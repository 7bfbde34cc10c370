import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { Disposable } from '../core/clock.ts';
import type { Row } from './row.ts';
import { RowElements } from './rowElements.ts';
import { treeItem } from './treeView.ts';

/** Rows for VS Code's tree: asked of `rows` whenever something may have changed, drawn again only where they differ. */
export class RowProvider implements TreeDataProvider<Row>, Disposable {
  readonly #changed = new EventEmitter<Row[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #elements = new RowElements();
  readonly #rows: () => readonly Row[];

  constructor(rows: () => readonly Row[]) {
    this.#rows = rows;
  }

  getTreeItem(row: Row): TreeItem {
    return treeItem(row);
  }

  getChildren(parent?: Row): Row[] {
    return [...this.#elements.show(parent ? (parent.children?.() ?? []) : this.#rows(), parent)];
  }

  getParent(row: Row): Row | undefined {
    return this.#elements.parentOf(row);
  }

  /** Draws what has changed since. */
  draw(): void {
    const redraw = this.#elements.update(this.#rows());
    if (redraw === 'all') this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
