/** A refusal in Slack's way: a code at HTTP 200, or 429 with the seconds to wait. */
export class Refusal {
  readonly code: string;
  readonly more: Readonly<Record<string, unknown>>;
  readonly retryAfter: number | undefined;

  constructor(code: string, more: Readonly<Record<string, unknown>> = {}, retryAfter?: number) {
    this.code = code;
    this.more = more;
    this.retryAfter = retryAfter;
  }
}
