import type { SampleWorld } from '../host/sampleTeam.ts';
import { realClock } from '../host/realClock.ts';

const token = 'sample-team';

/** Starts the sample team's world in this process, at a pace that is kind to people who watch. */
export async function loadSampleWorld(): Promise<SampleWorld> {
  const { Simulator } = await import('../simulator/simulator.ts');
  const simulator = new Simulator({ scenario: 'team', pace: 'kind', token, clock: realClock });
  const { owner, name } = simulator.world.home;
  return { token, repository: { owner, name }, fetch: simulator.fetch };
}
