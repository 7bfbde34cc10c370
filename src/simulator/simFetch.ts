import type { SimRequest, SimResponse } from './http.ts';

/** The connection broke before an answer came: nobody knows what became of the request. */
export class SocketDropped extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('read ECONNRESET');
    this.name = 'SocketDropped';
  }
}

type Perform = (request: SimRequest) => Promise<
  { readonly kind: 'answer'; readonly response: SimResponse; readonly delayMs?: number } | { readonly kind: 'dropped' }
>;

const MAX_REDIRECTS = 5;
const BODYLESS = new Set([204, 205, 304]);

/** Passes when the time is over; rejects with the signal's reason when it is aborted before. */
type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** A `fetch` that asks a simulated world instead of the network; redirects, abort signals, slowness and broken sockets included. */
export function fetchFrom(perform: Perform, wait: Wait = () => Promise.resolve()): typeof fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    for (let hops = 0; ; hops++) {
      request.signal.throwIfAborted();
      const outcome = await perform(await toSimRequest(request));
      request.signal.throwIfAborted();
      if (outcome.kind === 'dropped') throw new TypeError('fetch failed', { cause: new SocketDropped() });
      if (outcome.delayMs) await wait(outcome.delayMs, request.signal);
      const { status, headers, body } = outcome.response;
      const location = headers['location'];
      if (location !== undefined && status >= 301 && status <= 308 && request.redirect === 'follow' && hops < MAX_REDIRECTS) {
        request = redirected(request, new URL(location, request.url));
        continue;
      }
      return new Response(BODYLESS.has(status) ? null : body, { status, headers: { ...headers } });
    }
  };
}

async function toSimRequest(request: Request): Promise<SimRequest> {
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers: {
      ...Object.fromEntries(request.headers), host: url.host, 'x-forwarded-proto': url.protocol.replace(':', ''),
    },
    body: request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text(),
  };
}

/** As `fetch` does it: another origin is not told who we are. */
function redirected(request: Request, target: URL): Request {
  const headers = new Headers(request.headers);
  if (target.origin !== new URL(request.url).origin) headers.delete('authorization');
  return new Request(target, { headers, signal: request.signal });
}
