import { EventEmitter, TreeItemCollapsibleState, type TreeItem } from './basics.ts';

export interface FakeTreeDataProvider<T> {
  readonly onDidChangeTreeData?: (listener: (changed: T | readonly T[] | undefined | null | void) => unknown) => { dispose(): unknown };
  getTreeItem(element: T): TreeItem | PromiseLike<TreeItem>;
  getChildren(element?: T): readonly T[] | PromiseLike<readonly T[] | null | undefined> | null | undefined;
  getParent?(element: T): unknown;
}

/**
 * A tree view that behaves as VS Code's towards its provider: it asks for children only where a node is expanded, remembers
 * expansion by item id, refuses duplicate ids, and refreshes exactly what the provider says has changed.
 */
export class FakeTreeView<T> {
  message: unknown = undefined;
  title: string | undefined = undefined;
  description: string | undefined = undefined;
  badge: { readonly value: number; readonly tooltip: string } | undefined = undefined;
  selection: readonly T[] = [];
  visible = true;
  /** What the provider asked to refresh, newest last; `undefined` is the whole tree. */
  readonly refreshed: (readonly T[] | undefined)[] = [];
  readonly revealed: T[] = [];
  readonly #provider: FakeTreeDataProvider<T>;
  readonly #visibility = new EventEmitter<{ visible: boolean }>();
  readonly #expand = new EventEmitter<{ element: T }>();
  readonly #collapse = new EventEmitter<{ element: T }>();
  readonly #selection = new EventEmitter<{ selection: readonly T[] }>();
  readonly #expansion = new Map<string, boolean>();
  readonly #subscription: { dispose(): unknown } | undefined;
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly onDidExpandElement = this.#expand.event;
  readonly onDidCollapseElement = this.#collapse.event;
  readonly onDidChangeSelection = this.#selection.event;

  constructor(provider: FakeTreeDataProvider<T>) {
    this.#provider = provider;
    this.#subscription = provider.onDidChangeTreeData?.((changed) =>
      this.refreshed.push(changed === undefined || changed === null ? undefined : Array.isArray(changed) ? changed : [changed as T]),
    );
  }

  setVisible(visible: boolean): void {
    if (this.visible === visible) return;
    this.visible = visible;
    this.#visibility.fire({ visible });
  }

  /** Opens the node with this item id, or whose label starts so. */
  async expand(idOrLabel: string): Promise<void> {
    const [element, item] = await this.#find(idOrLabel);
    this.#expansion.set(item.id ?? item.label, true);
    this.#expand.fire({ element });
  }

  async collapse(idOrLabel: string): Promise<void> {
    const [element, item] = await this.#find(idOrLabel);
    this.#expansion.set(item.id ?? item.label, false);
    this.#collapse.fire({ element });
  }

  /** The element with this item id, or whose label starts so, as a context menu would hand it to a command. */
  async element(idOrLabel: string): Promise<T> {
    return (await this.#find(idOrLabel))[0];
  }

  /** The tree as a person sees it: indented `label  description` lines. */
  async text(): Promise<string> {
    const lines: string[] = [];
    for (const { item, depth } of await this.#visibleItems()) {
      const described = item as { description?: string | boolean };
      const expandable = item.collapsibleState === TreeItemCollapsibleState.None ? '  ' : this.#isExpanded(item) ? '▾ ' : '▸ ';
      lines.push(`${'  '.repeat(depth)}${expandable}${item.label}${described.description ? `  ${String(described.description)}` : ''}`);
    }
    return lines.join('\n');
  }

  async reveal(element: T): Promise<void> {
    this.revealed.push(element);
  }

  dispose(): void {
    this.#subscription?.dispose();
  }

  async #find(idOrLabel: string): Promise<[T, TreeItem & { id?: string }]> {
    for (const { element, item } of await this.#visibleItems()) {
      if (item.id === idOrLabel || item.label.startsWith(idOrLabel)) return [element, item];
    }
    throw new Error(`No row “${idOrLabel}” in:\n${await this.text()}`);
  }

  async #visibleItems(parent?: T, depth = 0, ids = new Set<string>()): Promise<{ element: T; item: TreeItem & { id?: string }; depth: number }[]> {
    const result: { element: T; item: TreeItem & { id?: string }; depth: number }[] = [];
    for (const element of (await this.#provider.getChildren(parent)) ?? []) {
      const item = (await this.#provider.getTreeItem(element)) as TreeItem & { id?: string };
      if (item.id !== undefined && ids.has(item.id)) throw new Error(`Element with id ${item.id} is already registered`);
      if (item.id !== undefined) ids.add(item.id);
      result.push({ element, item, depth });
      if (this.#isExpanded(item)) result.push(...(await this.#visibleItems(element, depth + 1, ids)));
    }
    return result;
  }

  #isExpanded(item: TreeItem & { id?: string }): boolean {
    if (item.collapsibleState === TreeItemCollapsibleState.None) return false;
    return this.#expansion.get(item.id ?? item.label) ?? item.collapsibleState === TreeItemCollapsibleState.Expanded;
  }
}
