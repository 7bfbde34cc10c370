import { DeployError } from '../core/deployError.ts';
import type { DeployTarget } from '../core/deployTarget.ts';
import { sameEnvironment } from '../core/environment.ts';
import { holdSentence } from '../core/hold.ts';
import { fullName } from '../core/repositoryId.ts';
import type { EnvironmentState, RepositoryFacts, RepositoryState } from './repositoryState.ts';

/** The facts of a state, or why nothing can be planned yet. */
export function loadedFacts(state: RepositoryState): RepositoryFacts {
  if (state.facts) return state.facts;
  if (state.connection.kind === 'failed') throw state.connection.error;
  throw new DeployError('notAvailable', 'The repository is still being read. Try again in a moment.', { actions: ['retry'] });
}

/** Throws when nothing may be deployed here at all: archived, empty, or without the right to start workflows. */
export function requireRight(state: RepositoryState): void {
  const facts = loadedFacts(state);
  const values = { repository: fullName(state.repository) };
  if (facts.isArchived) {
    throw new DeployError('repositoryArchived', '{repository} is archived: nothing can be deployed from it. Unarchive it on GitHub first.', { values, actions: ['openOnGitHub'] });
  }
  if (facts.isEmpty) throw new DeployError('notAvailable', '{repository} has no commit yet: there is nothing to deploy.', { values });
  if (facts.permission === 'read' || facts.permission === 'triage') {
    throw new DeployError('forbidden', 'Your account can read {repository} but not start workflows in it: that takes write access. Ask an administrator.', { values });
  }
}

/** The environment by its name, or that there is none. */
export function requireEnvironment(state: RepositoryState, name: string): EnvironmentState {
  const found = state.environments.find(({ target }) => sameEnvironment(target.environment, name));
  if (found) return found;
  throw new DeployError('noTarget', 'There is no environment "{environment}" that a workflow of this repository deploys to.', { values: { environment: name }, actions: ['openSettings'] });
}

/** Throws while an environment is held: who holds it, why and since when. A rollback need not ask. */
export function requireNotHeld({ hold, target }: EnvironmentState): void {
  if (!hold) return;
  const { message, values } = holdSentence(hold);
  throw new DeployError('held', message, {
    values: { ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])), environment: target.environment },
    actions: ['liftHold'],
    since: hold.told?.at,
  });
}

/** The workflow that deploys to a target, or why there is none. */
export function requireDeploy(target: DeployTarget): NonNullable<DeployTarget['deploy']> {
  if (target.deploy) return target.deploy;
  throw new DeployError('noTarget', target.whyNot ?? 'No workflow deploys to {environment}.', { values: { environment: target.environment }, actions: ['openOnGitHub'] });
}
