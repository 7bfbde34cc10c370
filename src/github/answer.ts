/** What came back over HTTP, whatever its status. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text where it is none; `undefined` for an empty body. */
  readonly body: unknown;
  /** True when it claims to be JSON and is not. */
  readonly isMalformed: boolean;
  /** Set when the answer refuses for going too fast: when asking again makes sense, server time. */
  readonly retryAt: number | undefined;
}

/** What GitHub says in an error's body, with the messages of its `errors`. */
export function messageOf(body: unknown): string {
  const message = field(body, 'message');
  const errors = field(body, 'errors');
  const more = Array.isArray(errors) ? errors.map((error: unknown) => (typeof error === 'string' ? error : field(error, 'message'))) : [errors];
  return [message, ...more].filter((part) => typeof part === 'string').join(' ');
}

/** True when the refusal is about speed, not about rights (GitHub's rate limit page: 403 or 429, told apart by headers and text). */
export function isRateLimit({ status, headers, body }: Pick<Answer, 'status' | 'headers' | 'body'>): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit|abuse detection/i.test(messageOf(body));
}

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
