import { createSimulator, type ScenarioName, type Simulator, type SimulatorOptions } from '../../src/simulator/simulator.ts';
import type { SimRequest, SimResponse } from '../../src/simulator/http.ts';
import type { Run } from '../../src/simulator/world/model.ts';

/** Noon of a working day. */
export const START = Date.UTC(2026, 10, 19, 12, 0, 0);

/** How to ask. */
export interface Ask {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- wire data of many shapes, for tests to pick from
  readonly data: any;
}

/** A scenario, asked without sockets, in a time that only the test moves. */
export class SimulatorRig {
  readonly simulator: Simulator;
  /** REST's path of the home repository. */
  readonly repo: string;
  #now = START;

  constructor(scenario: ScenarioName = 'team', options: Partial<SimulatorOptions> = {}) {
    this.simulator = createSimulator({ scenario, clock: { now: () => this.#now }, ...options });
    const { owner, name } = this.simulator.world.home;
    this.repo = `/repos/${owner}/${name}`;
  }

  /** Lets time pass; the world notices when it is asked next. */
  pass(ms: number): void {
    this.#now += ms;
  }

  /** Asks REST; a path that begins with `R` is the home repository's. */
  async rest(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, { query = {}, body, token = 'sim-token', headers = {} }: Ask = {}): Promise<Reply> {
    return this.send({
      method,
      path: `/api/v3${path.startsWith('R') ? this.repo + path.slice(1) : path}`,
      query: new URLSearchParams(query),
      body: body === undefined ? '' : JSON.stringify(body),
      headers: { host: 'github.test', ...(token === '' ? {} : { authorization: `token ${token}` }), ...headers },
    });
  }

  /** Asks GraphQL, with the home repository as `$owner` and `$name`. */
  async graphql(query: string, variables: Readonly<Record<string, unknown>> = {}, token = 'sim-token'): Promise<Reply> {
    const { owner, name } = this.simulator.world.home;
    return this.send({
      method: 'POST',
      path: '/api/graphql',
      query: new URLSearchParams(),
      body: JSON.stringify({ query, variables: { owner, name, ...variables } }),
      headers: { host: 'github.test', authorization: `token ${token}` },
    });
  }

  /** Dispatches `deploy.yml` on `main`, or another file, and gives the run of the world. */
  async dispatch(inputs: Readonly<Record<string, string>>, { file = 'deploy.yml', token = 'sim-token', ref = 'main' } = {}): Promise<Run> {
    const { status, text } = await this.rest('POST', `R/actions/workflows/${file}/dispatches`, { token, body: { ref, inputs } });
    if (status !== 204) throw new Error(`The dispatch was answered ${status}: ${text}`);
    return this.simulator.world.home.runs.at(-1) as Run;
  }

  /** Sends anything. */
  async send(request: SimRequest): Promise<Reply> {
    return reply(await this.simulator.handle(request));
  }
}

function reply(response: SimResponse): Reply {
  const isJson = (response.headers['content-type'] ?? '').startsWith('application/json') && response.body !== '';
  return {
    status: response.status, headers: response.headers, text: response.body, data: isJson ? JSON.parse(response.body) : undefined,
  };
}
