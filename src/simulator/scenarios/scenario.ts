import type { Budgets } from '../budgets.ts';
import type { World } from '../world/world.ts';

/** A named world to begin with. */
export interface Scenario {
  /** One sentence for people who choose among scenarios. */
  readonly summary: string;
  /** How long before now the story begins, in milliseconds. */
  readonly pastMs: number;
  /** Fills a world that stands at the story's beginning and plans its past; the caller then advances it to `now`. */
  build(world: World, now: number): void;
  /** What is done once the past has been lived: the state in which the viewer finds the world. */
  arrive?(world: World, budgets: Budgets): void;
}
