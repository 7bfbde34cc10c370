/** Something the machine lacks or a download that failed; the message says what and what to do, and is shown without a stack. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}
