import { EventEmitter, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type TreeDataProvider, type TreeView } from 'vscode';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import type { Clock, Disposable } from '../core/clock.ts';
import { withoutLinks } from '../core/plainText.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { followStores } from './followStores.ts';
import { readerAt } from './localize.ts';
import { repositoryRows } from './repositoryRows.ts';
import type { Row } from './row.ts';
import { RowElements } from './rowElements.ts';
import type { ViewContent } from './viewContent.ts';
import { windowMessage, type WindowSessionList } from './windowMessage.ts';

/** Between two looks at the clock while a view is seen: elapsed times move, ages only grow. */
const tickMs = { live: 5_000, idle: 30_000 };

/** A view's rows in VS Code: drawn from the sessions' states, again only where they changed, and only while somebody sees them. */
export class RowTree implements TreeDataProvider<Row>, Disposable {
  readonly #changed = new EventEmitter<Row[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #sessions: WindowSessionList;
  readonly #content: ViewContent;
  readonly #view: TreeView<Row>;
  readonly #clock: Clock;
  readonly #elements = new RowElements();
  readonly #disposables: Disposable[];
  readonly #asked = new Set<string>();
  #tick: Disposable | undefined;

  constructor(sessions: WindowSessionList, content: ViewContent, view: TreeView<Row>, clock: Clock) {
    this.#sessions = sessions;
    this.#content = content;
    this.#view = view;
    this.#clock = clock;
    this.#disposables = [view.onDidChangeVisibility(() => this.#draw()), followStores(sessions, () => this.#draw(), () => this.#draw())];
  }

  getTreeItem(row: Row): TreeItem {
    return treeItem(row);
  }

  getChildren(parent?: Row): Row[] {
    if (parent?.needs) this.#ask(parent);
    return [...this.#elements.show(parent ? (parent.children?.() ?? []) : this.#rows(), parent)];
  }

  getParent(row: Row): Row | undefined {
    return this.#elements.parentOf(row);
  }

  /** Resolves once there is something to draw: each session has heard from GitHub, or why not; at once where there is no session. */
  firstPicture(): Promise<void> {
    return new Promise((resolve) => {
      let isOver = false;
      const look = () => {
        if (isOver || !this.#states.every(isSettled)) return;
        isOver = true;
        resolve();
        // Not yet assigned when the first look, within the call, already ends it.
        queueMicrotask(() => following.dispose());
      };
      const following = followStores(this.#sessions, look, look);
    });
  }

  /** Brings a run's row to front, where it is shown. */
  async revealRun({ repositoryKey: key, runId, trackedKey }: RowArgument): Promise<boolean> {
    // Just opened, VS Code may not have asked for any row yet.
    for (const root of this.getChildren()) if (root.contextValue.startsWith('repository')) this.getChildren(root);
    const row = this.#elements.find(
      ({ contextValue, argument }) =>
        contextValue.startsWith('run') &&
        argument.repositoryKey === key &&
        (runId !== undefined ? argument.runId === runId : argument.trackedKey === trackedKey),
    );
    if (!row) return false;
    await this.#view.reveal(row, { select: true, focus: true, expand: true });
    return true;
  }

  dispose(): void {
    this.#tick?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changed.dispose();
  }

  get #states(): readonly RepositoryState[] {
    return this.#sessions.all.map(({ store }) => store.state);
  }

  #rows(): readonly Row[] {
    const readers = new Map(this.#sessions.all.map((session) => [session.store.state, readerAt(session.github.serverNow())]));
    const rows = repositoryRows(this.#states, this.#content.rows, (state) => readers.get(state) ?? readerAt(this.#clock.now()));
    return rows.length > 0 ? rows : (this.#content.instead?.(this.#sessions.state, this.#states, readerAt(this.#clock.now())) ?? []);
  }

  #draw(): void {
    this.#tick?.dispose();
    this.#tick = undefined;
    this.#describe();
    if (!this.#view.visible) return;
    const redraw = this.#elements.update(this.#rows());
    if (redraw === 'all') this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
    if (this.#sessions.all.length > 0) this.#tick = this.#clock.after(this.#states.some(isMoving) ? tickMs.live : tickMs.idle, () => this.#draw());
  }

  /** Message, description and badge; each is set only when it says something else. */
  #describe(): void {
    const states = this.#states;
    const reader = readerAt(this.#sessions.all[0]?.github.serverNow() ?? this.#clock.now());
    const ofWindow = states.length === 0 || this.#content.tellsOfWindow ? windowMessage(this.#sessions.state, reader) : undefined;
    const said = [ofWindow, states.length === 0 ? undefined : this.#content.message(states, reader)].filter((words) => words !== undefined);
    const message = withoutLinks(said.join('\n'));
    const description = this.#content.description?.(states, reader) ?? '';
    const badge = this.#content.badge?.(states, reader);
    if ((this.#view.message ?? '') !== message) this.#view.message = message;
    if ((this.#view.description ?? '') !== description) this.#view.description = description;
    if (this.#view.badge?.value !== badge?.value || this.#view.badge?.tooltip !== badge?.tooltip) this.#view.badge = badge;
  }

  /** Has a row's children loaded, once for each attempt of a run and each newest deployment. */
  #ask({ needs, argument, key }: Row): void {
    const session = this.#sessionOf(argument.repositoryKey);
    if (!needs || !session) return;
    const what = `${key} ${needs.kind === 'jobs' ? needs.attempt : needs.newest}`;
    if (this.#asked.has(what)) return;
    this.#asked.add(what);
    const loaded = needs.kind === 'jobs' ? session.refresher.loadJobs(needs.runId) : session.refresher.loadHistory(needs.environment);
    loaded.catch((error: unknown) => {
      this.#asked.delete(what);
      session.log.warn(`What belongs under ${key} could not be loaded: ${String(error)}`);
    });
  }

  #sessionOf(key: string): RepositorySession | undefined {
    return this.#sessions.all.find(({ repository }) => repositoryKey(repository) === key);
  }
}

function isSettled({ connection, hasFirstRows, runs }: RepositoryState): boolean {
  return connection.kind === 'failed' || (hasFirstRows && runs !== undefined);
}

/** True while elapsed times are on screen. */
function isMoving({ tracked, runs, environments }: RepositoryState): boolean {
  return (
    tracked.some(({ phase }) => phase !== 'completed' && phase !== 'rejected' && phase !== 'lost') ||
    (runs?.runs.some(({ status }) => status !== 'completed') ?? false) ||
    environments.some(({ history }) => history.some(({ state }) => state === 'inProgress'))
  );
}

const collapsible = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
};

/** A row as VS Code draws it. Tooltips are not trusted: no command in them runs. */
export function treeItem(row: Row): TreeItem {
  const item = new TreeItem(row.label, collapsible[row.collapsible]);
  item.id = row.key;
  item.description = row.description;
  if (row.icon) item.iconPath = new ThemeIcon(row.icon.codicon, row.icon.color === undefined ? undefined : new ThemeColor(row.icon.color));
  item.tooltip = row.tooltip.length > 0 ? markdown(row.tooltip) : row.label;
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessibilityLabel };
  if (row.command !== undefined) item.command = { command: row.command, title: row.label, arguments: [row.argument] };
  return item;
}

/** Lines of escaped Markdown as one tooltip that draws icons and runs nothing. */
export function markdown(lines: readonly string[]): MarkdownString {
  const list = lines.map((line, index) => (line.startsWith('- ') && !lines[index - 1]?.startsWith('- ') ? `\n${line}` : line));
  const text = new MarkdownString(list.map((line, index) => (line.startsWith('- ') && !list[index + 1]?.startsWith('- ') ? `${line}\n` : line)).join('  \n'), true);
  text.isTrusted = false;
  return text;
}
