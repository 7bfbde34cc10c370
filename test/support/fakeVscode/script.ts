/** A message, pick or input that the product showed. */
export interface Shown {
  readonly kind: 'information' | 'warning' | 'error' | 'quickPick' | 'inputBox' | 'document' | 'external';
  readonly message: string;
  /** Buttons of a message or labels of a pick, as a person reads them. */
  readonly choices: readonly string[];
  readonly detail?: string;
  readonly modal?: boolean;
}

/**
 * The person in front of the fake window: `answers` are what they press, in order, and `shown` is what they saw. A pick or a
 * message is answered by the start of a choice's label, an input by its text; `undefined` is Escape. Asking without an answer
 * left counts as Escape for messages and is an error for picks and inputs, so that no test passes by accident.
 */
export class Person {
  readonly shown: Shown[] = [];
  readonly #answers: (string | readonly string[] | undefined)[] = [];

  answers(...answers: (string | readonly string[] | undefined)[]): void {
    this.#answers.push(...answers);
  }

  get unusedAnswers(): number {
    return this.#answers.length;
  }

  sees(shown: Shown): void {
    this.shown.push(shown);
  }

  /** The next answer to something that must be answered. */
  next(what: string): string | readonly string[] | undefined {
    if (this.#answers.length === 0) throw new Error(`Nobody answers: ${what}`);
    return this.#answers.shift();
  }

  /** The next answer to something that may be ignored. */
  nextIfAny(): string | readonly string[] | undefined {
    return this.#answers.shift();
  }

  reset(): void {
    this.shown.length = 0;
    this.#answers.length = 0;
  }
}

export const person = new Person();
