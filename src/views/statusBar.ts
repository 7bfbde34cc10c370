import { ThemeColor, window, type StatusBarItem } from 'vscode';
import type { Clock, Disposable } from '../core/clock.ts';
import { followStores } from './followStores.ts';
import { readerAt } from './localize.ts';
import { statusBarText, type StatusText } from './statusBarText.ts';
import { markdown } from './treeView.ts';
import type { WindowSessionList } from './windowMessage.ts';

const backgrounds: Readonly<Record<StatusText['background'], string | undefined>> = {
  none: undefined,
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
};

/** The status bar's item: follows the sessions, and the clock only while something moves and the window is focused. */
export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #sessions: WindowSessionList;
  readonly #clock: Clock;
  readonly #disposables: Disposable[];
  #tick: Disposable | undefined;
  #shown: string | undefined;

  constructor(item: StatusBarItem, sessions: WindowSessionList, clock: Clock) {
    this.#item = item;
    this.#sessions = sessions;
    this.#clock = clock;
    item.name = 'Boussole';
    item.command = 'boussole.statusActions';
    this.#disposables = [window.onDidChangeWindowState(() => this.#draw()), followStores(sessions, () => this.#draw(), () => this.#draw())];
  }

  dispose(): void {
    this.#tick?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
    this.#item.hide();
  }

  #draw(): void {
    this.#tick?.dispose();
    this.#tick = undefined;
    const said = statusBarText(
      this.#sessions.all.map((session) => ({
        state: session.store.state,
        reader: readerAt(session.github.serverNow()),
        environment: session.settings().productionEnvironment,
      })),
    );
    this.#show(said);
    if (said?.ticks && window.state.focused) this.#tick = this.#clock.after(1_000, () => this.#draw());
  }

  /** Touches the item only where it says something else, so that an open tooltip stays open. */
  #show(said: StatusText | undefined): void {
    const item = this.#item;
    if (!said) {
      this.#shown = undefined;
      item.hide();
      return;
    }
    if (item.text !== said.text) item.text = said.text;
    const tooltip = said.tooltip.join('\n');
    if (this.#shown !== tooltip) item.tooltip = markdown(said.tooltip);
    this.#shown = tooltip;
    const background = backgrounds[said.background];
    if (item.backgroundColor?.id !== background) item.backgroundColor = background === undefined ? undefined : new ThemeColor(background);
    if (item.accessibilityInformation?.label !== said.accessibilityLabel) item.accessibilityInformation = { label: said.accessibilityLabel };
    item.show();
  }
}
