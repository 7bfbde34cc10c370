import { FAULT_KINDS, type Fault, type Faults } from './faults.ts';
import { html, json, redirect, text, type SimRequest, type SimResponse } from './http.ts';
import type { LoggedRequest } from './requestLog.ts';
import { isScenarioName, type ScenarioName } from './scenarios/scenarios.ts';
import { steeringPage } from './steeringPage.ts';
import { perform, type TeammateAct } from './teammates.ts';
import type { World } from './world/world.ts';

/** What steering needs of a simulator. */
export interface Steered {
  readonly world: World;
  readonly scenario: ScenarioName;
  readonly log: readonly LoggedRequest[];
  readonly faults: Faults;
  advance(ms: number): void;
  reset(scenario?: ScenarioName): void;
}

/**
 * The addresses below `/__sim/`: `state` and `log` to look at the world; `advance { ms }`, `fault { … }`, `faults/clear`,
 * `act { act, as, … }` and `reset { scenario }` to change it. With forms and links for a person at `/__sim/` itself.
 */
export function answerSteering(simulator: Steered, request: SimRequest): SimResponse {
  const path = request.path.replace(/^\/__sim\/?/, '');
  if (request.method === 'GET') {
    if (path === '') return html(steeringPage(simulator));
    if (path === 'state') return json(stateOf(simulator));
    if (path === 'log') return json(simulator.log.slice(-Number(request.query.get('last') ?? 500)));
    return text('Not found', 404);
  }
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  try {
    const body = readBody(request.body, isForm);
    const answer = change(simulator, path, body);
    if (answer === undefined) return text('Not found', 404);
    return isForm ? redirect('/__sim/', 303) : json(answer);
  } catch (error) {
    return json({ message: error instanceof Error ? error.message : String(error) }, 422);
  }
}

function change(simulator: Steered, path: string, body: Readonly<Record<string, unknown>>): unknown {
  switch (path) {
    case 'advance': {
      simulator.advance(Number(body['ms'] ?? Number(body['seconds'] ?? 0) * 1000));
      return stateOf(simulator);
    }
    case 'fault': {
      simulator.faults.inject(readFault(body));
      return { armed: simulator.faults.armed };
    }
    case 'faults/clear': {
      simulator.faults.clear();
      return { armed: [] };
    }
    case 'act': {
      const done = perform(simulator.world, readAct(body));
      return { done };
    }
    case 'reset': {
      const { scenario } = body;
      if (scenario !== undefined && !isScenarioName(scenario)) throw new Error(`There is no such scenario: ${JSON.stringify(scenario)}`);
      simulator.reset(scenario);
      return stateOf(simulator);
    }
    default: return undefined;
  }
}

function stateOf({ world, scenario, log, faults }: Steered): Record<string, unknown> {
  const { home } = world;
  return {
    scenario,
    now: new Date(world.now).toISOString(),
    repository: `${home.owner}/${home.name}`,
    sites: Object.fromEntries(home.sites),
    runs: home.runs.length,
    deployments: home.deployments.length,
    requests: log.length,
    points: log.reduce((sum, { cost }) => sum + cost, 0),
    notModified: log.filter(({ status }) => status === 304).length,
    faults: faults.armed,
  };
}

function readFault(body: Readonly<Record<string, unknown>>): Fault {
  const kind = FAULT_KINDS.find((one) => one === body['kind']);
  if (!kind) throw new Error(`A fault's kind is one of ${FAULT_KINDS.join(', ')}`);
  const match = (body['match'] ?? body) as Readonly<Record<string, unknown>>;
  const word = (name: string): string | undefined => (typeof match[name] === 'string' && match[name] !== '' ? match[name] : undefined);
  const [method, path] = [word('method'), word('path')];
  return {
    kind,
    times: Number(body['times'] ?? 1),
    ...(body['delayMs'] === undefined ? {} : { delayMs: Number(body['delayMs']) }),
    match: { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) },
  };
}

function readAct(body: Readonly<Record<string, unknown>>): TeammateAct {
  const { act } = body;
  if (act !== 'deploy' && act !== 'approve' && act !== 'reject' && act !== 'push') throw new Error('An act is deploy, approve, reject or push');
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''));
  for (const name of ['run', 'commits']) if (given[name] !== undefined) given[name] = Number(given[name]);
  return { ...given, act };
}

function readBody(body: string, isForm: boolean): Readonly<Record<string, unknown>> {
  if (isForm) return Object.fromEntries(new URLSearchParams(body));
  const value: unknown = body === '' ? {} : JSON.parse(body);
  if (typeof value !== 'object' || value === null) throw new Error('The body is a JSON object');
  return value as Record<string, unknown>;
}
