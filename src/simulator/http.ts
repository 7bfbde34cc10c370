/** A request as the simulated world sees it, whatever carried it here (a socket, a `fetch`, a test). */
export interface SimRequest {
  readonly method: string;
  /** The path alone, still percent-encoded, starting with a slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer of the simulated world; header names in lower case. */
export interface SimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): SimResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A plain text answer. */
export function text(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): SimResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

/** An HTML page. */
export function html(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): SimResponse {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body };
}

/** An answer without a body. */
export function empty(status = 204, headers: Readonly<Record<string, string>> = {}): SimResponse {
  return { status, headers, body: '' };
}

/** A temporary redirect to `location`. */
export function redirect(location: string, status = 302): SimResponse {
  return { status, headers: { location }, body: '' };
}

/** A part of the world that answers some paths and lets the others pass (Slack is mounted this way). */
export interface Mount {
  /** Answers the request, or `undefined` when the path is not its own. */
  handle(request: SimRequest): Promise<SimResponse | undefined>;
}
