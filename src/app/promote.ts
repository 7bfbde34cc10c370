import { DeployError } from '../core/deployError.ts';
import { sameEnvironment } from '../core/environment.ts';
import { tierOf } from '../core/promotionOrder.ts';
import type { Settings } from '../core/settings.ts';
import { shippedAs } from '../core/shippedAs.ts';
import type { DeployPlan } from './deployPlan.ts';
import { loadedFacts, requireEnvironment } from './planChecks.ts';
import { planDeploy } from './planDeploy.ts';
import type { RepositorySession } from './repositorySession.ts';
import type { EnvironmentState, RepositoryState } from './repositoryState.ts';

/** Prepares to ship to production what staging runs, as a fixed version. */
export async function planPromotion(session: RepositorySession, signal: AbortSignal): Promise<DeployPlan> {
  const { state } = session.store;
  loadedFacts(state);
  const { from, to } = promotionEnds(state, session.settings());
  const { live } = from;
  const values = { environment: from.target.environment };
  if (live === 'nothing') throw new DeployError('notAvailable', 'Nothing is live in {environment} yet, so there is nothing to promote.', { values });
  const version = live === 'unknown' ? undefined : shippedAs(live, state.releases, state.facts?.tags);
  if (!version) throw new DeployError('notAvailable', 'What is live in {environment} is not known, so it cannot be promoted.', { values, actions: ['retry'] });
  return planDeploy(session, { environment: to.target.environment, version, kind: 'promote' }, signal);
}

/** Where a promotion goes from and to: as set, else by name. Throws when one of them is missing. */
export function promotionEnds(state: RepositoryState, settings: Settings): { readonly from: EnvironmentState; readonly to: EnvironmentState } {
  const from = named(state, settings.stagingEnvironment) ?? state.environments.find(({ target }) => !target.isProduction && tierOf(target.environment) === 'staging');
  const to = named(state, settings.productionEnvironment) ?? state.environments.find(({ target }) => target.isProduction);
  if (!from) throw new DeployError('noTarget', 'No environment here is for staging. Name it in boussole.stagingEnvironment.', { actions: ['openSettings'] });
  if (!to) throw new DeployError('noTarget', 'No environment here is for production. Name it in boussole.productionEnvironment.', { actions: ['openSettings'] });
  if (sameEnvironment(from.target.environment, to.target.environment)) {
    throw new DeployError('noTarget', 'Staging and production are set to the same environment.', { actions: ['openSettings'] });
  }
  return { from, to };
}

function named(state: RepositoryState, name: string | undefined): EnvironmentState | undefined {
  return name === undefined ? undefined : requireEnvironment(state, name);
}
