import { window, type TreeView } from 'vscode';
import type { SetupChecks } from '../app/setupChecks.ts';
import type { Clock, Disposable } from '../core/clock.ts';
import { checkRows } from './checkRows.ts';
import { readerAt } from './localize.ts';
import type { Row } from './row.ts';
import { RowProvider } from './rowProvider.ts';
import { troubleMessage } from './setupRows.ts';

/** The list of the last check, in a view that is there once something was checked. */
export class CheckTree extends RowProvider {
  readonly view: TreeView<Row>;
  readonly #checks: SetupChecks;
  readonly #clock: Clock;
  readonly #following: Disposable;

  constructor(checks: SetupChecks, clock: Clock) {
    super(() => checkRows(checks, readerAt(clock.now())));
    this.#checks = checks;
    this.#clock = clock;
    this.view = window.createTreeView('boussole.checks', { treeDataProvider: this, showCollapseAll: true });
    this.#following = checks.onDidChange(() => this.draw());
  }

  override draw(): void {
    const message = troubleMessage(this.#checks.settings, readerAt(this.#clock.now())) ?? '';
    if ((this.view.message ?? '') !== message) this.view.message = message;
    super.draw();
  }

  override dispose(): void {
    this.#following.dispose();
    this.view.dispose();
    super.dispose();
  }
}
