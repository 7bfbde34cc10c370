import { EventEmitter, QuickPickItemKind } from './basics.ts';
import { person } from './script.ts';

export interface PickItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly kind?: number;
  readonly picked?: boolean;
}

const noItems: readonly PickItem[] = [];

/**
 * A quick pick on which the scripted person acts once it is shown and not busy: accepting an item by the start of its label,
 * `'⏎'` for a plain Enter on the active one, `'←'` for the Back button, `undefined` for Escape.
 */
export class FakeQuickPick {
  title: string | undefined = undefined;
  placeholder: string | undefined = undefined;
  value = '';
  step: number | undefined = undefined;
  totalSteps: number | undefined = undefined;
  enabled = true;
  ignoreFocusOut = false;
  canSelectMany = false;
  matchOnDescription = false;
  matchOnDetail = false;
  keepScrollPosition = false;
  buttons: readonly unknown[] = [];
  activeItems: readonly PickItem[] = noItems;
  selectedItems: readonly PickItem[] = noItems;
  readonly #accept = new EventEmitter<void>();
  readonly #hide = new EventEmitter<void>();
  readonly #button = new EventEmitter<unknown>();
  readonly #itemButton = new EventEmitter<{ button: unknown; item: PickItem }>();
  readonly #value = new EventEmitter<string>();
  readonly #active = new EventEmitter<readonly PickItem[]>();
  readonly #selection = new EventEmitter<readonly PickItem[]>();
  readonly onDidAccept = this.#accept.event;
  readonly onDidHide = this.#hide.event;
  readonly onDidTriggerButton = this.#button.event;
  readonly onDidTriggerItemButton = this.#itemButton.event;
  readonly onDidChangeValue = this.#value.event;
  readonly onDidChangeActive = this.#active.event;
  readonly onDidChangeSelection = this.#selection.event;
  #items: readonly PickItem[] = noItems;
  #busy = false;
  #visible = false;
  #acting = false;

  get items(): readonly PickItem[] {
    return this.#items;
  }

  set items(items: readonly PickItem[]) {
    this.#items = items;
    this.activeItems = items.filter((item) => item.kind !== QuickPickItemKind.Separator).slice(0, 1);
    this.#wake();
  }

  get busy(): boolean {
    return this.#busy;
  }

  set busy(busy: boolean) {
    this.#busy = busy;
    this.#wake();
  }

  show(): void {
    this.#visible = true;
    this.#wake();
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#hide.fire();
  }

  dispose(): void {
    this.hide();
  }

  #wake(): void {
    if (!this.#visible || this.#busy || this.#acting || this.#items.length === 0) return;
    this.#acting = true;
    queueMicrotask(() => {
      this.#acting = false;
      if (this.#visible && !this.#busy) this.#act();
    });
  }

  #act(): void {
    const choices = this.#items.map((item) => (item.kind === QuickPickItemKind.Separator ? `— ${item.label}` : item.label));
    person.sees({ kind: 'quickPick', message: this.title ?? this.placeholder ?? '', choices });
    const answer = person.next(`${this.title ?? this.placeholder}: ${choices.join(' | ')}`);
    if (answer === undefined) return this.hide();
    if (answer === '←') return this.#button.fire(this.buttons[0]);
    if (answer !== '⏎') this.activeItems = pick(this.#items, answer);
    this.selectedItems = this.activeItems;
    this.#accept.fire();
    // A refused choice leaves the pick open and the person acts again.
    if (this.#visible && answer !== '⏎') this.#wake();
  }
}

/** An input box on which the scripted person acts once it is shown: a text, or `undefined` for Escape. */
export class FakeInputBox {
  title: string | undefined = undefined;
  prompt: string | undefined = undefined;
  placeholder: string | undefined = undefined;
  value = '';
  password = false;
  step: number | undefined = undefined;
  totalSteps: number | undefined = undefined;
  enabled = true;
  busy = false;
  ignoreFocusOut = false;
  buttons: readonly unknown[] = [];
  validationMessage: unknown = undefined;
  readonly #accept = new EventEmitter<void>();
  readonly #hide = new EventEmitter<void>();
  readonly #button = new EventEmitter<unknown>();
  readonly #value = new EventEmitter<string>();
  readonly onDidAccept = this.#accept.event;
  readonly onDidHide = this.#hide.event;
  readonly onDidTriggerButton = this.#button.event;
  readonly onDidChangeValue = this.#value.event;
  #visible = false;

  show(): void {
    if (this.#visible) return;
    this.#visible = true;
    queueMicrotask(() => {
      if (this.#visible) this.#act();
    });
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#hide.fire();
  }

  dispose(): void {
    this.hide();
  }

  #act(): void {
    person.sees({ kind: 'inputBox', message: this.title ?? this.prompt ?? '', choices: [] });
    const answer = person.next(this.title ?? this.prompt ?? 'input');
    if (answer === undefined) return this.hide();
    if (answer === '←') return this.#button.fire(this.buttons[0]);
    if (answer !== '⏎') {
      this.value = String(answer);
      this.#value.fire(this.value);
    }
    this.#accept.fire();
  }
}

/** The items whose labels start with the answer (icons in front do not count). */
export function pick<T extends PickItem>(items: readonly T[], answer: string | readonly string[]): readonly T[] {
  const wanted = typeof answer === 'string' ? [answer] : answer;
  return wanted.map((start) => {
    const found = items.find((item) => item.kind !== QuickPickItemKind.Separator && bare(item.label).startsWith(start));
    if (!found) throw new Error(`No choice starts with “${start}”: ${items.map((item) => item.label).join(' | ')}`);
    return found;
  });
}

function bare(label: string): string {
  return label.replace(/^(?:\$\([\w~-]+\)\s*)+/, '');
}
