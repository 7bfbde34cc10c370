import { Disposable, EventEmitter, window, type ProviderResult, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { Row } from '../views/row.ts';

/** What fills a view: rows, and when the first of them are worth drawing. */
export interface RowProvider extends TreeDataProvider<Row> {
  firstPicture(): Promise<void>;
}

/** A view that is there before what fills it: it asks for the product when it is first seen, and then shows the rows of the provider put into it. */
export class ShellView implements TreeDataProvider<Row>, Disposable {
  readonly view: TreeView<Row>;
  readonly #changed = new EventEmitter<Row | Row[] | undefined | null | void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #filled: () => Promise<unknown>;
  #provider: RowProvider | undefined;
  #waiting: Promise<void> | undefined;
  #hasDrawn = false;
  #subscription: Disposable | undefined;

  constructor(id: string, filled: () => Promise<unknown>) {
    this.#filled = filled;
    this.view = window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  /** Shows this provider's rows from now on. */
  connect(provider: RowProvider): void {
    this.#provider = provider;
    this.#subscription = provider.onDidChangeTreeData?.((row) => this.#tell(row));
    this.#tell(undefined);
  }

  getTreeItem(row: Row): TreeItem | Thenable<TreeItem> {
    return this.#ready.getTreeItem(row);
  }

  /** The first rows are waited for, under VS Code's own progress bar: drawing them once is quicker than drawing and mending them. */
  getChildren(row?: Row): ProviderResult<Row[]> {
    if (row || this.#hasDrawn) return this.#ready.getChildren(row);
    this.#waiting ??= Promise.resolve()
      .then(this.#filled)
      .then(() => this.#provider?.firstPicture())
      .then(() => {
        this.#hasDrawn = this.#provider !== undefined;
      })
      .finally(() => {
        this.#waiting = undefined;
      });
    return this.#waiting.then(() => this.#provider?.getChildren() ?? []);
  }

  getParent(row: Row): ProviderResult<Row> {
    return this.#ready.getParent?.(row);
  }

  resolveTreeItem(item: TreeItem, row: Row, token: Parameters<NonNullable<TreeDataProvider<Row>['resolveTreeItem']>>[2]): ProviderResult<TreeItem> {
    return this.#ready.resolveTreeItem?.(item, row, token) ?? item;
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }

  /** While the first rows are waited for, a change needs no telling: they are drawn from the newest state. */
  #tell(row: Row | Row[] | undefined | null | void): void {
    if (!this.#waiting) this.#changed.fire(row);
  }

  get #ready(): RowProvider {
    if (!this.#provider) throw new Error('The view was asked for a row before it had any.');
    return this.#provider;
  }
}
