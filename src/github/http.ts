import { Octokit } from '@octokit/rest';
import { field, type Answer } from './answer.ts';
import type { Parameters, WireOptions } from './wire.ts';

/** A request in full: absolute address, JSON body. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Octokit, told to do one thing only: send a request once and hand back what came, whatever its status. */
export class Http {
  readonly #octokit: Octokit;

  constructor({ host, token, log, fetch }: WireOptions) {
    this.#octokit = new Octokit({
      auth: token,
      baseUrl: host.apiUrl,
      userAgent: 'boussole',
      log: { debug: quiet, info: quiet, warn: (message: string) => log.warn(message), error: quiet },
      ...(fetch ? { request: { fetch } } : {}),
    });
  }

  /** Fills a route such as `GET /repos/{owner}/{repo}`; names of environments and branches are encoded on the way. */
  fill(route: string, parameters: Parameters): Omit<HttpRequest, 'headers'> {
    const { method, url, body } = this.#octokit.request.endpoint(route, parameters);
    return { method, url, body: body as unknown };
  }

  /** Throws only when no answer came; Octokit throws from status 304 on, but a refusal is an answer too. */
  async send({ method, url, headers, body }: HttpRequest, signal: AbortSignal): Promise<Omit<Answer, 'retryAt'>> {
    try {
      const { status, headers: answered, data } = await this.#octokit.request({
        method,
        url,
        headers: { ...headers, 'x-github-api-version': '2022-11-28' },
        ...(body === undefined ? {} : { data: body }),
        // Octokit's own JSON parser is five times slower and hides broken bodies. Following a 301 would make a GET of a write.
        request: { signal, parseSuccessResponseBody: false, ...(method === 'GET' ? {} : { redirect: 'manual' as const }) },
      });
      const text = await new Response((data ?? null) as ReadableStream | string | null).text();
      return { status, headers: words(answered), ...parsed(text, answered['content-type'] ?? '') };
    } catch (error) {
      const response = field(error, 'response');
      const status = field(response, 'status');
      if (typeof status !== 'number') throw error;
      return { status, headers: words(field(response, 'headers')), body: field(response, 'data'), isMalformed: false };
    }
  }
}

function quiet(): void {
  // Octokit's own log lines would repeat ours.
}

function parsed(text: string, contentType: string): Pick<Answer, 'body' | 'isMalformed'> {
  if (text === '') return { body: undefined, isMalformed: false };
  // The raw media types of file contents end in "+json" too, yet carry the file itself.
  if (!/\bjson\b/.test(contentType) || /\braw\b/.test(contentType)) return { body: text, isMalformed: false };
  try {
    return { body: JSON.parse(text), isMalformed: false };
  } catch {
    return { body: undefined, isMalformed: true };
  }
}

function words(headers: unknown): Readonly<Record<string, string>> {
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
