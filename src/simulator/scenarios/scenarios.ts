import { approvalNeeded } from './approvalNeeded.ts';
import { bare } from './bare.ts';
import { emptyRepository } from './emptyRepository.ts';
import { failingProduction } from './failingProduction.ts';
import { large } from './large.ts';
import { oldEnterprise } from './oldEnterprise.ts';
import { quiet } from './quiet.ts';
import { rateLimited } from './rateLimited.ts';
import type { Scenario } from './scenario.ts';
import { team } from './team.ts';

/** The worlds one can begin with. */
export const scenarios = {
  team,
  quiet,
  'failing-production': failingProduction,
  'approval-needed': approvalNeeded,
  'rate-limited': rateLimited,
  large,
  empty: emptyRepository,
  bare,
  'old-enterprise': oldEnterprise,
} satisfies Record<string, Scenario>;

/** A scenario's name. */
export type ScenarioName = keyof typeof scenarios;

/** Whether something names a scenario. */
export function isScenarioName(name: unknown): name is ScenarioName {
  return typeof name === 'string' && Object.hasOwn(scenarios, name);
}
