import { commands, type TreeView } from 'vscode';
import type { SetupGuides } from '../app/setupGuides.ts';
import type { Clock, Disposable } from '../core/clock.ts';
import { readerAt } from './localize.ts';
import type { Row } from './row.ts';
import { RowProvider } from './rowProvider.ts';
import { setupMessage, setupRows } from './setupRows.ts';

/** The checklist of Set Up in VS Code. It is there only while something is being set up, and looks again when it comes into sight. */
export class SetupTree extends RowProvider {
  readonly #guides: SetupGuides;
  readonly #view: TreeView<Row>;
  readonly #clock: Clock;
  readonly #disposables: Disposable[];
  #isGoingOn: boolean | undefined;

  constructor(guides: SetupGuides, view: TreeView<Row>, clock: Clock) {
    super(() => setupRows(guides.goingOn.map(({ picture }) => picture), readerAt(clock.now())));
    this.#guides = guides;
    this.#view = view;
    this.#clock = clock;
    this.#disposables = [
      guides.onDidChange(() => this.draw()),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) guides.check();
      }),
    ];
    this.draw();
  }

  /** Rows are worth drawing at once: until GitHub has answered, the view's message says so. */
  firstPicture(): Promise<void> {
    this.#guides.check();
    return Promise.resolve();
  }

  override draw(): void {
    const { goingOn } = this.#guides;
    const isGoingOn = goingOn.length > 0;
    if (isGoingOn !== this.#isGoingOn) {
      this.#isGoingOn = isGoingOn;
      void commands.executeCommand('setContext', 'boussole.settingUp', isGoingOn);
    }
    const message = setupMessage(goingOn.map(({ picture }) => picture), readerAt(this.#clock.now())) ?? '';
    if ((this.#view.message ?? '') !== message) this.#view.message = message;
    super.draw();
  }

  override dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    super.dispose();
  }
}
