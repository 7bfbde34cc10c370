import type { Attention } from '../../src/app/repositorySession.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { type SentRequest, startWorld, type World } from '../../test/support/startWorld.ts';

/** How long every answer of the simulated GitHub takes, here and in the real host. */
export const latencyMs = 80;
const settlingMs = 60_000;

/** Opens a scenario's repository with the product's own engine in virtual time; answers when everything was read and has come to rest. */
export async function virtualWindow(scenario: ScenarioName, attention: Attention): Promise<World> {
  const world = startWorld({ scenario, latencyMs });
  const { refresher, store } = world.session;
  refresher.setAttention(attention);
  refresher.start();
  await world.clock.advance(settlingMs);
  const { facts, runs, connection } = store.state;
  if (!facts || !runs || connection.kind !== 'online') throw new Error(`The first picture of "${scenario}" did not arrive: ${connection.kind}.`);
  world.forget();
  return world;
}

/** The most requests that fell into any one span of this length. */
export function mostWithin(spanMs: number, requests: readonly SentRequest[]): number {
  return Math.max(0, ...requests.map(({ at }, index) => requests.slice(index).filter((other) => other.at < at + spanMs).length));
}

export function pointsOf(requests: readonly SentRequest[]): number {
  return requests.reduce((sum, { cost }) => sum + cost, 0);
}
