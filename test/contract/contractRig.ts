import { matchRoute } from '../../src/simulator/rest/routes.ts';
import type { SimRequest } from '../../src/simulator/http.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { SimulatorRig, type Reply } from '../support/simulatorRig.ts';
import { checkExchange } from './checkExchange.ts';
import type { Description } from './openApi.ts';

/** The routes that any contract test has asked for, in OpenAPI's spelling. */
export const exercisedRoutes = new Set<string>();

/** A scenario's server whose every answer is judged by GitHub's own description; `problems` are of the latest one. */
export class ContractRig extends SimulatorRig {
  problems: readonly string[] = [];
  readonly #description: Description;

  constructor(scenario: ScenarioName = 'team', description: Description = 'api.github.com') {
    super(scenario);
    this.#description = description;
  }

  override async send(request: SimRequest): Promise<Reply> {
    const matched = matchRoute(request.method, request.path.replace(/^\/api\/v3/, ''));
    if (matched) exercisedRoutes.add(matched.template);
    const reply = await super.send(request);
    this.problems = checkExchange(request, { status: reply.status, headers: reply.headers, body: reply.text }, this.#description);
    return reply;
  }
}
