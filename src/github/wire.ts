import type { Clock } from '../core/clock.ts';
import { isDeployError } from '../core/deployError.ts';
import type { Budget } from '../core/gitHub.ts';
import type { GitHubHost } from '../core/gitHubHost.ts';
import type { Instant } from '../core/instant.ts';
import type { Log } from '../core/log.ts';
import { abortError } from './abort.ts';
import { field, isRateLimit, type Answer } from './answer.ts';
import { BudgetKeeper, type Resource } from './budget.ts';
import { startDeadline } from './deadline.ts';
import { isForeignPage, malformedAnswer, networkError, rateLimited, refusal } from './errors.ts';
import { EtagCache } from './etagCache.ts';
import { graphRefusal, isGraphRateLimit, type GraphError } from './graphErrors.ts';
import { Http, type HttpRequest } from './http.ts';
import { networkFailure, type NetworkFailure } from './networkFailure.ts';
import { ReadQueue } from './readQueue.ts';
import { ServerClock } from './serverClock.ts';
import { WriteQueue } from './writeQueue.ts';

/** GitHub itself cuts off requests that take longer than this. */
const answerTimeoutMs = 10_000;

const json = 'application/vnd.github+json';

/** What is needed to speak to a host. */
export interface WireOptions {
  readonly host: GitHubHost;
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof fetch;
  /** For jitter; seeded in tests. */
  readonly random?: () => number;
}

/** Parameters of a route: what its path names goes there, the rest into the query or the body. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Makes our data of GitHub's. Only the mapper knows the shape that it expects, and what throws in it is reported as a malformed answer. */
export type Mapper<T, Beside> = (data: never, beside: Beside) => T;

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Another media type than JSON; then the data is text. */
  readonly accept?: string;
  readonly timeoutMs?: number;
  /** Keeps readers apart that make different things of one address. */
  readonly purpose?: string;
}

/** What became of a write. `lost`: no answer proves that it had no effect, so it must not be repeated. */
export type Sent =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly sentAt: Instant; readonly at: Instant }
  | { readonly kind: 'lost'; readonly sentAt: Instant; readonly reason: string };

interface Errand extends HttpRequest {
  readonly resource: Resource;
  /** For the log: no host, no body. */
  readonly title: string;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Exchange = { readonly answer: Answer } | { readonly failure: NetworkFailure; readonly cause: unknown };

/** One account's line to one host: conditional reads, writes that are sent once, and the books that both keep. */
export class Wire {
  readonly host: GitHubHost;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #serverClock: ServerClock;
  readonly #budget: BudgetKeeper;
  readonly #known = new EtagCache();
  readonly #reads = new ReadQueue();
  readonly #writes: WriteQueue;

  constructor(options: WireOptions) {
    this.host = options.host;
    this.#http = new Http(options);
    this.#clock = options.clock;
    this.#log = options.log;
    this.#serverClock = new ServerClock(options.clock);
    this.#budget = new BudgetKeeper(() => this.serverNow(), options.random ?? Math.random);
    this.#writes = new WriteQueue(options.clock);
  }

  serverNow(): Instant {
    return this.#serverClock.now();
  }

  get budget(): Budget {
    return this.#budget.current;
  }

  /** Reads `GET …` conditionally; an answer that did not change (304) gives the very object that `map` made before. */
  get<T>(route: string, parameters: Parameters, map: Mapper<T, Answer['headers']>, options: ReadOptions = {}): Promise<T> {
    const { accept = json, purpose = '', signal, timeoutMs } = options;
    const { method, url } = this.#http.fill(route, parameters);
    const key = `${purpose} ${accept} ${url}`;
    return this.#reads.run(async () => {
      const known = this.#known.get(key);
      const headers = known ? { accept, 'if-none-match': known.etag } : { accept };
      const answer = await this.#read({ method, url, headers, title: this.#path(url), resource: 'core', timeoutMs, signal });
      if (answer.status === 304 && known) return known.value as T;
      if (answer.status >= 300) throw refusal(answer, this.host.authority);
      const { etag } = answer.headers;
      const meanwhile = this.#known.get(key);
      if (meanwhile && meanwhile.etag === etag) return meanwhile.value as T;
      const value = this.#mapped(() => map(answer.body as never, answer.headers), this.#path(url));
      this.#known.set(key, etag, value);
      return value;
    }, signal);
  }

  /** Asks a GraphQL query. Data that is partly refused reaches `map` with its errors; an answer without data is thrown. */
  async query<T>(document: string, variables: Parameters, map: Mapper<T, readonly GraphError[]>, signal?: AbortSignal): Promise<T> {
    const title = `GraphQL ${/\bquery (\w+)/.exec(document)?.[1] ?? ''}`;
    const errand: Errand = {
      method: 'POST', url: this.host.graphqlUrl, headers: { accept: json }, body: { query: document, variables }, title, resource: 'graphql', signal,
    };
    return this.#reads.run(async () => {
      const answer = await this.#read(errand);
      const listed = field(answer.body, 'errors');
      const errors = (Array.isArray(listed) ? listed : []) as readonly GraphError[];
      if (isGraphRateLimit(errors)) throw rateLimited(this.host.authority, this.#budget.noteRefused('graphql', answer.headers), title);
      if (answer.status >= 300) throw refusal(answer, this.host.authority);
      const data = field(answer.body, 'data');
      if (typeof data === 'object' && data !== null) return this.#mapped(() => map(data as never, errors), title);
      throw errors.length > 0 ? graphRefusal(errors, this.host.authority) : malformedAnswer(this.host.authority, `${title}: no data`);
    }, signal);
  }

  /**
   * Sends a write once. Throws only when nothing can have happened: aborted while waiting, no connection, or a pause that GitHub
   * asked for. The signal has no say once the request is on its way.
   */
  send(route: string, parameters: Parameters, signal?: AbortSignal): Promise<Sent> {
    const request = this.#http.fill(route, parameters);
    const errand: Errand = { ...request, headers: { accept: json }, title: this.#path(request.url), resource: 'core' };
    return this.#writes.run(async () => {
      this.#refuseWhileBlocked('core');
      const sentAt = this.serverNow();
      let exchange = await this.#exchange(errand);
      const moved = 'answer' in exchange ? movedTo(exchange.answer, errand.url) : undefined;
      if (moved !== undefined) exchange = await this.#exchange({ ...errand, url: moved });
      if ('answer' in exchange) return { kind: 'answered', answer: exchange.answer, sentAt, at: this.serverNow() };
      if (!exchange.failure.mayHaveArrived) throw networkError(exchange.failure, this.host.authority, exchange.cause);
      return { kind: 'lost', sentAt, reason: exchange.failure.code };
    }, signal);
  }

  async #read(errand: Errand): Promise<Answer> {
    this.#refuseWhileBlocked(errand.resource);
    const exchange = await this.#exchange(errand);
    if ('failure' in exchange) throw networkError(exchange.failure, this.host.authority, exchange.cause);
    const { answer } = exchange;
    if (answer.isMalformed) throw malformedAnswer(this.host.authority, `${errand.title}: no JSON`);
    if (isForeignPage(answer)) throw refusal(answer, this.host.authority);
    return answer;
  }

  async #exchange(errand: Errand): Promise<Exchange> {
    const deadline = startDeadline(this.#clock, errand.timeoutMs ?? answerTimeoutMs, errand.signal);
    const sentAt = this.#clock.now();
    const report = (outcome: string) => this.#log.debug(`${errand.method} ${errand.title} ${outcome}`);
    try {
      const answer = await this.#http.send(errand, deadline.signal);
      this.#serverClock.note(answer.headers, sentAt);
      this.#budget.note(errand.resource, answer.headers);
      const left = answer.headers['x-ratelimit-remaining'];
      report(`${answer.status} ${this.#clock.now() - sentAt} ms${left === undefined ? '' : `, ${left} left`}`);
      if (isRateLimit(answer)) return { answer: { ...answer, retryAt: this.#budget.noteRefused(errand.resource, answer.headers) } };
      this.#budget.noteAccepted();
      return { answer: { ...answer, retryAt: undefined } };
    } catch (cause) {
      if (errand.signal?.aborted) throw abortError();
      const failure: NetworkFailure = deadline.isOver ? { kind: 'timeout', mayHaveArrived: true, code: 'timeout' } : networkFailure(cause);
      report(`${failure.code} after ${this.#clock.now() - sentAt} ms`);
      return { failure, cause };
    } finally {
      deadline.dispose();
    }
  }

  #refuseWhileBlocked(resource: Resource): void {
    const until = this.#budget.blockedUntil(resource);
    if (until !== undefined) throw rateLimited(this.host.authority, until, 'not asked: a pause is under way');
  }

  #mapped<T>(map: () => T, title: string): T {
    try {
      return map();
    } catch (cause) {
      if (isDeployError(cause)) throw cause;
      throw malformedAnswer(this.host.authority, `${title}: ${cause instanceof Error ? cause.message : 'unreadable'}`, cause);
    }
  }

  #path(url: string): string {
    return url.startsWith(this.host.apiUrl) ? url.slice(this.host.apiUrl.length) : new URL(url).pathname;
  }
}

/** Where a renamed repository lives now; only on the same origin, which may have the token. */
function movedTo({ status, headers }: Answer, from: string): string | undefined {
  const { location } = headers;
  if (![301, 302, 307, 308].includes(status) || location === undefined || !URL.canParse(location, from)) return undefined;
  const to = new URL(location, from);
  return to.origin === new URL(from).origin ? to.href : undefined;
}
