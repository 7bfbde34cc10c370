import { CancellationTokenSource, EventEmitter, type ThemeColor } from './basics.ts';
import { FakeInputBox, FakeQuickPick, pick, type PickItem } from './quickInput.ts';
import { person } from './script.ts';
import { FakeTreeView, type FakeTreeDataProvider } from './treeView.ts';
import type { Uri } from './uri.ts';

export interface FakeStatusBarItem {
  readonly id: string;
  readonly alignment: number;
  readonly priority: number | undefined;
  name: string | undefined;
  text: string;
  tooltip: unknown;
  color: unknown;
  backgroundColor: ThemeColor | undefined;
  command: unknown;
  accessibilityInformation: { label: string } | undefined;
  visible: boolean;
  show(): void;
  hide(): void;
  dispose(): void;
}

export interface FakeOutputChannel {
  readonly name: string;
  readonly lines: string[];
  shown: boolean;
  disposed: boolean;
}

/** What the fake window holds, for tests to look at and to steer. */
export const windowState = {
  statusBarItems: [] as FakeStatusBarItem[],
  treeViews: new Map<string, FakeTreeView<unknown>>(),
  channels: [] as FakeOutputChannel[],
  focus: new EventEmitter<{ focused: boolean; active: boolean }>(),
  state: { focused: true, active: true },

  setFocused(focused: boolean): void {
    windowState.state = { focused, active: focused };
    windowState.focus.fire(windowState.state);
  },

  reset(): void {
    windowState.statusBarItems.length = 0;
    windowState.treeViews.clear();
    windowState.channels.length = 0;
    windowState.state = { focused: true, active: true };
    windowState.focus.dispose();
  },
};

type Button = string | { readonly title: string };

function say(kind: 'information' | 'warning' | 'error') {
  return async (message: string, ...rest: (Button | { modal?: boolean; detail?: string })[]): Promise<Button | undefined> => {
    const options = rest.find((item) => typeof item === 'object' && !('title' in item)) as { modal?: boolean; detail?: string } | undefined;
    const buttons = rest.filter((item): item is Button => item !== options);
    const titles = buttons.map((button) => (typeof button === 'string' ? button : button.title));
    person.sees({
      kind,
      message,
      choices: titles,
      ...(options?.detail === undefined ? {} : { detail: options.detail }),
      ...(options?.modal === undefined ? {} : { modal: options.modal }),
    });
    if (buttons.length === 0) return undefined;
    const answer = person.nextIfAny();
    if (answer === undefined) return undefined;
    const index = titles.findIndex((title) => title.startsWith(String(answer)));
    if (index < 0) throw new Error(`No button starts with “${String(answer)}”: ${titles.join(' | ')}`);
    return buttons[index];
  };
}

export const window = {
  get state() {
    return windowState.state;
  },
  onDidChangeWindowState: windowState.focus.event,
  activeTextEditor: undefined as unknown,
  onDidChangeActiveTextEditor: new EventEmitter<unknown>().event,

  showInformationMessage: say('information'),
  showWarningMessage: say('warning'),
  showErrorMessage: say('error'),

  async showQuickPick(
    offered: readonly (PickItem | string)[] | Promise<readonly (PickItem | string)[]>,
    options?: { title?: string; placeHolder?: string; canPickMany?: boolean },
  ): Promise<unknown> {
    const given = await offered;
    const items = given.map((item) => (typeof item === 'string' ? { label: item } : item));
    const labels = items.map((item) => item.label);
    const title = options?.title ?? options?.placeHolder ?? '';
    person.sees({ kind: 'quickPick', message: title, choices: labels });
    const answer = person.next(`${title}: ${labels.join(' | ')}`);
    if (answer === undefined) return undefined;
    const found = pick(items, answer).map((item) => given[items.indexOf(item)]);
    return options?.canPickMany ? found : found[0];
  },

  async showInputBox(options?: {
    title?: string;
    prompt?: string;
    value?: string;
    validateInput?: (value: string) => unknown;
  }): Promise<string | undefined> {
    const title = options?.title ?? options?.prompt ?? 'input';
    person.sees({ kind: 'inputBox', message: title, choices: [] });
    const answer = person.next(title);
    if (answer === undefined) return undefined;
    const value = answer === '⏎' ? (options?.value ?? '') : String(answer);
    const problem = await options?.validateInput?.(value);
    if (problem) throw new Error(`Input refused: ${JSON.stringify(problem)}`);
    return value;
  },

  createQuickPick: () => new FakeQuickPick(),
  createInputBox: () => new FakeInputBox(),

  createTreeView<T>(id: string, options: { treeDataProvider: FakeTreeDataProvider<T> }): FakeTreeView<T> {
    const view = new FakeTreeView<T>(options.treeDataProvider);
    windowState.treeViews.set(id, view as FakeTreeView<unknown>);
    return view;
  },

  createStatusBarItem(id: string, alignment = 1, priority?: number): FakeStatusBarItem {
    const item: FakeStatusBarItem = {
      id,
      alignment,
      priority,
      name: undefined,
      text: '',
      tooltip: undefined,
      color: undefined,
      backgroundColor: undefined,
      command: undefined,
      accessibilityInformation: undefined,
      visible: false,
      show: () => void (item.visible = true),
      hide: () => void (item.visible = false),
      dispose: () => void (item.visible = false),
    };
    windowState.statusBarItems.push(item);
    return item;
  },

  createOutputChannel(name: string, options?: unknown) {
    const channel: FakeOutputChannel = { name, lines: [], shown: false, disposed: false };
    windowState.channels.push(channel);
    const level =
      (word: string) =>
      (message: unknown, ...rest: unknown[]): void =>
        void channel.lines.push([options ? `[${word}] ${String(message)}` : String(message), ...rest.map(String)].join(' '));
    return {
      name,
      logLevel: 3,
      onDidChangeLogLevel: new EventEmitter<number>().event,
      trace: level('trace'),
      debug: level('debug'),
      info: level('info'),
      warn: level('warn'),
      error: level('error'),
      append: (text: string) => void channel.lines.push(text),
      appendLine: (text: string) => void channel.lines.push(text),
      replace: (text: string) => void channel.lines.splice(0, channel.lines.length, text),
      clear: () => void (channel.lines.length = 0),
      show: () => void (channel.shown = true),
      hide: () => void (channel.shown = false),
      dispose: () => void (channel.disposed = true),
    };
  },

  withProgress<T>(
    _options: unknown,
    task: (progress: { report(value: unknown): void }, token: CancellationTokenSource['token']) => Promise<T>,
  ): Promise<T> {
    return task({ report: () => undefined }, new CancellationTokenSource().token);
  },

  async showTextDocument(document: { uri: Uri }, options?: unknown): Promise<unknown> {
    person.sees({ kind: 'document', message: document.uri.toString(true), choices: [] });
    return { document, options, revealRange: () => undefined, selection: undefined };
  },

  registerTreeDataProvider<T>(id: string, treeDataProvider: FakeTreeDataProvider<T>): FakeTreeView<T> {
    return window.createTreeView(id, { treeDataProvider });
  },

  setStatusBarMessage: () => ({ dispose: () => undefined }),
};
