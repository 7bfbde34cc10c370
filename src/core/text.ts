/**
 * A sentence for the user that is translated where it is shown: an English template with `{name}` places and what fills them.
 * Write it as `text('…')` with a literal, so that the test of the French bundle finds it.
 */
export interface Text {
  readonly message: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export function text(message: string, values: Readonly<Record<string, string | number>> = {}): Text {
  return { message, values };
}
