import { Disposable, window, type Event } from 'vscode';

/** A view of which only the visibility matters. */
export interface VisibleView {
  readonly visible: boolean;
  readonly onDidChangeVisibility: Event<unknown>;
}

/** Whether the user looks at this window, and at Boussole in it. */
export class WindowAttention implements Disposable {
  readonly #views: readonly VisibleView[];
  readonly #listeners = new Set<() => void>();
  readonly #subscriptions: Disposable;

  constructor(views: readonly VisibleView[]) {
    this.#views = views;
    const tell = () => {
      for (const listener of this.#listeners) listener();
    };
    this.#subscriptions = Disposable.from(
      window.onDidChangeWindowState(tell),
      ...views.map((view) => view.onDidChangeVisibility(tell)),
    );
  }

  get current(): { readonly focused: boolean; readonly visible: boolean } {
    return { focused: window.state.focused, visible: this.#views.some((view) => view.visible) };
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#listeners.clear();
  }
}
