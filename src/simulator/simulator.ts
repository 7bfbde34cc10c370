import type { Clock } from '../core/clock.ts';
import { Budgets } from './budgets.ts';
import { Downloads } from './downloads.ts';
import { refusalBy, spoiled } from './faultAnswers.ts';
import { Faults, type Fault } from './faults.ts';
import { answerGraphql } from './graphql/answer.ts';
import { text, type SimRequest, type SimResponse } from './http.ts';
import type { LoggedRequest } from './requestLog.ts';
import { answerRest } from './rest/answer.ts';
import { addActions } from './scenarios/actions.ts';
import { isScenarioName, scenarios, type ScenarioName } from './scenarios/scenarios.ts';
import { fetchFrom, SocketDropped } from './simFetch.ts';
import { createSlackWorld, type SlackWorld } from './slack/slackWorld.ts';
import { answerSteering } from './steering.ts';
import { beginHabits, kindPace } from './teammates.ts';
import { answerPage } from './web/pages.ts';
import { answerSite } from './web/sites.ts';
import { urlsFor } from './wire/urls.ts';
import { World, type Pace } from './world/world.ts';

export { isScenarioName, type ScenarioName };

/** How a simulated world is made. */
export interface SimulatorOptions {
  readonly scenario?: ScenarioName;
  readonly seed?: number;
  /** Real or virtual time in milliseconds since the epoch. */
  readonly clock: { now(): number; /** Without it `fetch` answers at once, however slow it should be. */ after?: Clock['after'] };
  /** How many times faster than the clock the world runs. */
  readonly speed?: number;
  /** `true` to life, `kind` to people who watch (a deploy takes 40 s, teammates approve and deploy by themselves), or any other. */
  readonly pace?: 'true' | 'kind' | Pace;
  /** One more token that signs the viewer in. */
  readonly token?: string;
  /** The simulated Slack; one of its own by default. */
  readonly slack?: SlackWorld;
}

/** What became of a request: an answer, perhaps late, or nothing. */
export type Outcome =
  | { readonly kind: 'answer'; readonly response: SimResponse; readonly delayMs: number }
  | { readonly kind: 'dropped' };

const MAX_LOGGED = 40_000;

/** GitHub and Slack in memory. It has no timers: it catches up with its clock whenever somebody asks something. */
export class Simulator {
  readonly faults = new Faults();
  /** Fetches from this world without sockets: what Octokit and Slack's client take as their `fetch`. */
  readonly fetch: typeof fetch = fetchFrom((request) => this.perform(request), (ms, signal) => this.#wait(ms, signal));
  readonly #options: SimulatorOptions;
  readonly #log: LoggedRequest[] = [];
  #world!: World;
  #budgets!: Budgets;
  #downloads!: Downloads;
  #slack!: SlackWorld;
  #scenario: ScenarioName;
  #startedAt = 0;
  #skippedMs = 0;
  #requests = 0;

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#scenario = options.scenario ?? 'team';
    this.reset();
  }

  /** Everything that exists, open to inspection. */
  get world(): World {
    return this.#world;
  }

  /** The scenario this world began with. */
  get scenario(): ScenarioName {
    return this.#scenario;
  }

  /** Every request since the beginning, oldest first; in very long lives the oldest are forgotten. */
  get log(): readonly LoggedRequest[] {
    return this.#log;
  }

  /** The rate limit budgets. */
  get budgets(): Budgets {
    return this.#budgets;
  }

  /** The simulated Slack. */
  get slack(): SlackWorld {
    return this.#slack;
  }

  /** Begins again, perhaps with another scenario. */
  reset(scenario: ScenarioName = this.#scenario): void {
    const { clock, seed = 1, pace = 'true', token } = this.#options;
    this.#scenario = scenario;
    this.#startedAt = clock.now();
    this.#skippedMs = 0;
    this.#log.length = 0;
    this.faults.clear();
    const story = scenarios[scenario];
    const world = new World(this.#startedAt - story.pastMs, seed);
    if (pace !== 'true') world.pace = pace === 'kind' ? kindPace : pace;
    story.build(world, this.#startedAt);
    addActions(world);
    world.advanceTo(this.#startedAt);
    this.#world = world;
    this.#budgets = new Budgets(world);
    this.#downloads = new Downloads(world);
    this.#slack = this.#options.slack ?? createSlackWorld({ clock: { now: () => this.#world.now } });
    story.arrive?.(world, this.#budgets);
    if (token !== undefined) world.tokens.set(token, { login: 'camille', kind: 'oauth', scopes: ['repo', 'workflow'] });
    beginHabits(world);
  }

  /** Skips ahead: everything due in that time happens now, in order. */
  advance(ms: number): void {
    this.#catchUp();
    this.#skippedMs += ms;
    this.#catchUp();
  }

  /** Arms a fault for coming requests. */
  inject(fault: Fault): void {
    this.faults.inject(fault);
  }

  /** Answers a request. A dropped socket rejects with `SocketDropped`; slowness is left to whoever carries the answer. */
  async handle(request: SimRequest): Promise<SimResponse> {
    const outcome = await this.perform(request);
    if (outcome.kind === 'dropped') throw new SocketDropped();
    return outcome.response;
  }

  /** What becomes of a request, faults of the connection included. */
  async perform(request: SimRequest): Promise<Outcome> {
    this.#catchUp();
    if (/^\/__sim(\/|$)/.test(request.path)) return answered(answerSteering(this, request));
    const resource = resourceOf(request);
    const fault = isPage(resource, request) ? undefined : this.faults.strike(request);
    if (fault?.kind === 'droppedSocket') return this.#dropped(request, resource, 0);
    const instead = fault && refusalBy(fault, request, this.#world, this.#budgets);
    if (instead) return this.#logged(request, resource, instead, 0);
    const { response, cost } = await this.#answer(request, resource);
    if (fault?.kind === 'droppedAfterEffect') return this.#dropped(request, resource, cost);
    return this.#logged(request, resource, fault ? spoiled(fault, response) : response, cost, fault?.kind === 'slow' ? (fault.delayMs ?? 5000) : 0);
  }

  async #answer(request: SimRequest, resource: LoggedRequest['resource']): Promise<{ response: SimResponse; cost: number }> {
    const urls = urlsFor(request);
    if (resource === 'slack') return { response: (await this.#slack.handle(request)) ?? text('not found', 404), cost: 0 };
    if (resource === 'graphql') return answerGraphql(this.#world, this.#budgets, request);
    if (resource === 'core') return answerRest(this.#world, this.#budgets, this.#downloads.under(urls.web), request, restPath(request));
    if (request.path.startsWith('/_downloads/')) return { response: this.#downloads.serve(request.path), cost: 0 };
    if (request.path.startsWith('/sites/')) return { response: answerSite(this.#world, request), cost: 0 };
    return { response: answerPage(this.#world, request, urls), cost: 0 };
  }

  #wait(ms: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve, reject) => {
      const timer = clock.after?.(ms, resolve);
      if (!timer) return resolve();
      signal.addEventListener('abort', () => {
        timer.dispose();
        reject(signal.reason as Error);
      }, { once: true });
    });
  }

  #catchUp(): void {
    const { clock, speed = 1 } = this.#options;
    this.#world.advanceTo(this.#startedAt + Math.round((clock.now() - this.#startedAt) * speed) + this.#skippedMs);
  }

  #dropped(request: SimRequest, resource: LoggedRequest['resource'], cost: number): Outcome {
    this.#logged(request, resource, text('', 0), cost);
    return { kind: 'dropped' };
  }

  #logged(request: SimRequest, resource: LoggedRequest['resource'], response: SimResponse, cost: number, delayMs = 0): Outcome {
    const requestId = `SIM:${(++this.#requests).toString(16).padStart(6, '0')}`;
    if (this.#log.length >= MAX_LOGGED) this.#log.splice(0, MAX_LOGGED / 2);
    this.#log.push({
      at: this.#world.now, method: request.method, path: request.path, query: request.query.toString(), status: response.status,
      resource, cost, bytes: response.body.length, conditional: request.headers['if-none-match'] !== undefined, requestId,
    });
    const headers = { ...response.headers, date: new Date(this.#world.now).toUTCString(), 'x-github-request-id': requestId };
    return answered({ ...response, headers }, delayMs);
  }
}

/** Makes a simulated GitHub and Slack. */
export function createSimulator(options: SimulatorOptions): Simulator {
  return new Simulator(options);
}

function answered(response: SimResponse, delayMs = 0): Outcome {
  return { kind: 'answer', response, delayMs };
}

function resourceOf({ path, headers }: SimRequest): LoggedRequest['resource'] {
  if (path.startsWith('/slack/') || path.startsWith('/services/')) return 'slack';
  if (path === '/api/graphql' || path === '/graphql') return 'graphql';
  return path.startsWith('/api/v3/') || (headers['host'] ?? '').startsWith('api.') ? 'core' : 'web';
}

/** What people look at, as opposed to what programs ask: faults leave it alone. */
function isPage(resource: LoggedRequest['resource'], { path }: SimRequest): boolean {
  if (resource === 'slack') return !path.startsWith('/slack/api/') && !path.startsWith('/services/');
  return resource === 'web' && !/^\/(sites|_downloads)\//.test(path);
}

function restPath({ path }: SimRequest): string {
  return path.replace(/^\/api\/v3(?=\/)/, '');
}
