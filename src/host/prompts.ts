/** One thing to choose. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon's name. */
  readonly icon?: string;
  readonly value: T;
  /** Heading of the group that starts with this choice. */
  readonly heading?: string;
  /** Why it cannot be chosen; it is shown with the reason and accepting it does nothing. */
  readonly disabled?: string;
  /** Only to be read: accepting it does nothing. */
  readonly isNote?: boolean;
}

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder?: string;
  /** A promise shows a busy list until it is there; when it fails the list closes and the failure is thrown. */
  readonly choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
  /** Chosen beforehand; otherwise the first that is not disabled. */
  readonly active?: (value: T) => boolean;
  readonly step?: Step;
}

export interface InputOptions {
  readonly title: string;
  readonly prompt?: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** What of the value is selected, from and to, where typing should not replace all of it. */
  readonly selection?: readonly [number, number];
  readonly password?: boolean;
  /** Says what is wrong with the value; a promise may ask a server, and then only on Enter. */
  readonly validate?: (value: string) => string | undefined;
  readonly step?: Step;
}

export interface Step {
  readonly number: number;
  readonly of: number;
  readonly canGoBack: boolean;
}

/** The user pressed the back button. Registered, so that it is the same in every bundle. */
export const back: unique symbol = Symbol.for('boussole.back');
export type Back = typeof back;

export interface Confirmation<T extends string> {
  /** A question that names what will happen. */
  readonly message: string;
  readonly detail: string;
  /** Button labels; the first is the answer expected. */
  readonly buttons: readonly { readonly label: string; readonly value: T }[];
  /** What leaving is called, where VS Code's own "Cancel" could be misread. */
  readonly leave?: string;
}

/** Asking the user. Every answer is `undefined` after Escape, and then the whole command ends. */
export interface Prompts {
  pick<T>(options: PickOptions<T>): Promise<T | Back | undefined>;
  input(options: InputOptions): Promise<string | Back | undefined>;
  /** A modal dialog, for what must not happen by an Enter too many. */
  confirm<T extends string>(confirmation: Confirmation<T>): Promise<T | undefined>;
}
