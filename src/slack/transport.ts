import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

/** The part of `fetch` that is used here, so that Slack's SDK and a test's world fit alike. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** No answer within the time that a request is given; it may have had its effect. */
export const TIMEOUT_CODE = 'SLACK_TIMEOUT';

/**
 * `fetch` that gives up after `timeoutMs`, reads the whole body within that time, leaves one line per request in the log (no
 * address, no body) and makes sure that a 429 says how long to wait (30 s where Slack does not).
 */
export function timedFetch({ fetch, clock, log, timeoutMs }: { fetch: Fetch; clock: Clock; log: Log; timeoutMs: number }): Fetch {
  return async (url, init) => {
    const started = clock.now();
    const what = callName(url);
    const controller = new AbortController();
    const timeout = new Promise<never>((_, reject) => {
      const timer = clock.after(timeoutMs, () => {
        reject(codedError(`No answer within ${timeoutMs / 1000} s`, TIMEOUT_CODE));
        controller.abort();
      });
      controller.signal.addEventListener('abort', () => timer.dispose());
    });
    try {
      const answer = await Promise.race([readWhole(fetch, url, { ...init, signal: controller.signal }), timeout]);
      log.debug(`Slack ${what}: ${answer.status} in ${clock.now() - started} ms`);
      return answer;
    } catch (error) {
      log.debug(`Slack ${what}: ${networkCode(error) ?? 'failed'} after ${clock.now() - started} ms`);
      throw error;
    } finally {
      controller.abort();
    }
  };
}

/** The system's code of a failed request (`ECONNREFUSED`), wherever the runtime hides it: Node's `cause`, or Chromium's `net::` words. */
export function networkCode(error: unknown): string | undefined {
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    if ('code' in each && typeof each.code === 'string' && !each.code.startsWith('slack_webapi')) return each.code;
    const chromium = /net::(ERR_[A-Z_]+)/.exec(each.message)?.[1];
    if (chromium !== undefined) return chromium;
  }
  return undefined;
}

async function readWhole(fetch: Fetch, url: string | URL, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  const body = await answer.text();
  const headers = new Headers(answer.headers);
  // The body is decoded already.
  headers.delete('content-encoding');
  headers.delete('content-length');
  if (answer.status === 429 && !/^\d+$/.test(headers.get('retry-after') ?? '')) headers.set('retry-after', '30');
  return new Response(body === '' ? null : body, { status: answer.status, statusText: answer.statusText, headers });
}

/** The method's name; a webhook's address is a secret and has no name. */
function callName(url: string | URL): string {
  return /\/api\/([a-z]+\.[A-Za-z.]+)$/.exec(new URL(url).pathname)?.[1] ?? 'webhook';
}

function codedError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
