import { Disposable, EventEmitter, window, type ProviderResult, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { Row } from '../views/row.ts';

/** A view that is there before what fills it: it asks for the product when it is first seen, and then shows the rows of the provider put into it. */
export class ShellView implements TreeDataProvider<Row>, Disposable {
  readonly view: TreeView<Row>;
  readonly #changed = new EventEmitter<Row | Row[] | undefined | null | void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #filled: () => Promise<unknown>;
  #provider: TreeDataProvider<Row> | undefined;
  #subscription: Disposable | undefined;

  constructor(id: string, filled: () => Promise<unknown>) {
    this.#filled = filled;
    this.view = window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  /** Shows this provider's rows from now on. */
  connect(provider: TreeDataProvider<Row>): void {
    this.#provider = provider;
    this.#subscription = provider.onDidChangeTreeData?.((row) => this.#changed.fire(row));
    this.#changed.fire();
  }

  getTreeItem(row: Row): TreeItem | Thenable<TreeItem> {
    return this.#ready.getTreeItem(row);
  }

  getChildren(row?: Row): ProviderResult<Row[]> {
    return this.#provider ? this.#provider.getChildren(row) : this.#filled().then(() => this.#provider?.getChildren(row) ?? []);
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

  get #ready(): TreeDataProvider<Row> {
    if (!this.#provider) throw new Error('The view was asked for a row before it had any.');
    return this.#provider;
  }
}
