import { QuickInputButtons, QuickPickItemKind, ThemeIcon, window, type Disposable, type MessageItem, type QuickInput, type QuickInputButton, type QuickPickItem } from 'vscode';
import { escapeIcons, plainText, withoutLinks } from '../core/plainText.ts';
import { back, type Back, type Choice, type Confirmation, type InputOptions, type PickOptions, type Prompts, type Step } from './prompts.ts';

interface Item<T> extends QuickPickItem {
  readonly choice?: Choice<T>;
}

/** VS Code's own pickers, boxes and dialogs. */
export const windowPrompts: Prompts = { pick, input, confirm };

async function pick<T>({ title, placeholder, choices, active, step }: PickOptions<T>): Promise<T | Back | undefined> {
  const picker = window.createQuickPick<Item<T>>();
  picker.title = plainText(title);
  picker.placeholder = placeholder && plainText(placeholder, 250);
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const show = (list: readonly Choice<T>[]) => {
    picker.items = list.flatMap(items);
    const first = picker.items.find(({ choice }) => choice && isOffered(choice) && (active?.(choice.value) ?? true));
    if (first) picker.activeItems = [first];
    picker.busy = false;
  };
  return answered<T>(picker, step, (answer, fail) => {
    if (Array.isArray(choices)) show(choices as readonly Choice<T>[]);
    else {
      picker.busy = true;
      Promise.resolve(choices).then(show, fail);
    }
    return [
      picker.onDidAccept(() => {
        const choice = picker.selectedItems[0]?.choice;
        if (choice && isOffered(choice)) answer(choice.value);
      }),
    ];
  });
}

async function input({ title, prompt, placeholder, value, selection, password, validate, step }: InputOptions): Promise<string | Back | undefined> {
  const box = window.createInputBox();
  box.title = plainText(title);
  box.prompt = prompt && withoutLinks(plainText(prompt, 500));
  box.placeholder = placeholder;
  box.value = value ?? '';
  if (selection) box.valueSelection = selection;
  box.password = password ?? false;
  box.ignoreFocusOut = true;
  return answered<string>(box, step, (answer) => [
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    }),
    box.onDidAccept(() => {
      const problem = validate?.(box.value);
      if (problem === undefined) answer(box.value);
      else box.validationMessage = problem;
    }),
  ]);
}

interface DialogButton<T> extends MessageItem {
  readonly value: T | undefined;
}

async function confirm<T extends string>({ message, detail, buttons, leave }: Confirmation<T>): Promise<T | undefined> {
  const answers: DialogButton<T>[] = buttons.map(({ label, value }) => ({ title: plainText(label), value }));
  if (leave !== undefined) answers.push({ title: plainText(leave), value: undefined, isCloseAffordance: true });
  const paragraphs = detail.split('\n').map((line) => plainText(line, 500));
  const answer = await window.showWarningMessage(
    plainText(message, 300),
    { modal: true, detail: paragraphs.join('\n') },
    ...answers,
  );
  return answer?.value;
}

/** Shows a picker or box until it is answered, left by Escape (`undefined`) or by the back button. */
function answered<T>(
  box: QuickInput & { buttons: readonly QuickInputButton[]; readonly onDidTriggerButton: (listener: (button: QuickInputButton) => void) => Disposable },
  step: Step | undefined,
  listen: (answer: (value: T) => void, fail: (error: unknown) => void) => readonly Disposable[],
): Promise<T | Back | undefined> {
  if (step) {
    box.step = step.number;
    box.totalSteps = step.of;
    if (step.canGoBack) box.buttons = [QuickInputButtons.Back];
  }
  return new Promise((resolve, reject) => {
    const subscriptions: Disposable[] = [];
    const end = (settle: () => void) => {
      settle();
      for (const subscription of subscriptions.splice(0)) subscription.dispose();
      box.dispose();
    };
    subscriptions.push(
      box.onDidHide(() => end(() => resolve(undefined))),
      box.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) end(() => resolve(back));
      }),
      ...listen(
        (value) => end(() => resolve(value)),
        (error) => end(() => reject(error instanceof Error ? error : new Error(String(error)))),
      ),
    );
    box.show();
  });
}

function isOffered<T>({ disabled, isNote }: Choice<T>): boolean {
  return disabled === undefined && isNote !== true;
}

function items<T>(choice: Choice<T>): readonly Item<T>[] {
  const { label, description, icon, disabled, detail, heading } = choice;
  const shownIcon = disabled === undefined ? icon : 'circle-slash';
  const shownDetail = disabled ?? detail;
  const item: Item<T> = {
    label: shown(label),
    choice,
    ...(description === undefined ? {} : { description: shown(description) }),
    ...(shownDetail === undefined ? {} : { detail: shown(shownDetail) }),
    ...(shownIcon === undefined ? {} : { iconPath: new ThemeIcon(shownIcon) }),
  };
  return heading === undefined ? [item] : [{ label: heading, kind: QuickPickItemKind.Separator }, item];
}

/** Foreign text cannot hide, reorder or draw icons in a list. */
function shown(text: string): string {
  return escapeIcons(plainText(text, 250));
}
