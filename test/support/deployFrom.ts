import type { DeployPlan } from '../../src/app/deployPlan.ts';
import type { EnvironmentState } from '../../src/app/repositoryState.ts';
import { planDeploy } from '../../src/app/planDeploy.ts';
import { sendDeploy } from '../../src/app/sendDeploy.ts';
import { versionChoices } from '../../src/app/versionChoices.ts';
import type { Version } from '../../src/core/deployTarget.ts';
import type { TrackedRun } from '../../src/core/trackedRun.ts';
import type { Run } from '../../src/simulator/world/model.ts';
import type { World } from './startWorld.ts';

/** Signal of a person who never changes their mind. */
export const patient: AbortSignal = new AbortController().signal;

export function environmentOf(world: World, name: string): EnvironmentState {
  const found = world.session.store.state.environments.find(({ target }) => target.environment === name);
  if (!found) throw new Error(`There is no environment ${name}.`);
  return found;
}

/** The version that would be offered under this label, else the first on offer. */
export function versionOf(world: World, environment: string, label?: string): Version {
  const choices = versionChoices(world.session.store.state, environmentOf(world, environment).target);
  const found = label === undefined ? choices[0] : choices.find(({ version }) => version.label === label);
  if (!found) throw new Error(`${label ?? 'Nothing'} is not on offer.`);
  return found.version;
}

export function plan(world: World, environment: string, label?: string): Promise<DeployPlan> {
  const version = versionOf(world, environment, label);
  return world.clock.until(planDeploy(world.session, { environment, version, kind: 'deploy' }, patient));
}

/** Plans and sends a deploy as a person would, and answers with the followed run's key. */
export async function deploy(world: World, environment: string, label?: string): Promise<string> {
  const planned = await plan(world, environment, label);
  return world.clock.until(sendDeploy(world.session, planned, {}, ''));
}

export function trackedOf(world: World, key: string): TrackedRun {
  const found = world.session.store.state.tracked.find((run) => run.key === key);
  if (!found) throw new Error(`${key} is not followed.`);
  return found;
}

/** Runs that dispatches with this correlation id made in the simulated world. */
export function runsOf(world: World, correlationId: string): readonly Run[] {
  return world.simulator.world.home.runs.filter((run) => run.inputs['correlation_id'] === correlationId);
}

/** Lets time pass until `is` holds, looking every `stepMs`. */
export async function waitUntil(world: World, is: () => boolean, limitMs: number, stepMs = 1_000): Promise<void> {
  for (let passed = 0; !is(); passed += stepMs) {
    if (passed >= limitMs) throw new Error(`It did not come to that within ${limitMs} ms.`);
    await world.clock.advance(stepMs);
  }
}

/** Ends the deploys that the scenario began with, so that a test has the place for itself. */
export async function calmDown(world: World): Promise<void> {
  await waitUntil(world, () => world.session.store.state.tracked.every(({ phase }) => phase === 'completed'), 30 * 60_000, 5_000);
  await world.clock.advance(60_000);
}
