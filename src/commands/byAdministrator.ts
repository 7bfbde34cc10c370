import { DeployError, isDeployError } from '../core/deployError.ts';
import { fullName, repositoryKey } from '../core/repositoryId.ts';
import type { Command } from './commandContext.ts';

/** A step that GitHub grants to administrators alone. Who is none, and is refused, hears whom to ask; all other failures pass as they are. */
export function byAdministrator(step: Command): Command {
  return async (context, argument, signal) => {
    try {
      await step(context, argument, signal);
    } catch (error) {
      const session = context.sessions.all.find(({ repository }) => repositoryKey(repository) === argument?.repositoryKey);
      const permission = session?.store.state.facts?.permission;
      if (!session || permission === undefined || permission === 'admin' || !isDeployError(error) || error.kind !== 'forbidden') throw error;
      throw new DeployError('forbidden', 'Only administrators of {repository} may change its environments, secrets and variables. Ask one of them to run Set Up for these steps; the pull request needs none.', {
        values: { repository: fullName(session.repository) }, actions: ['useToken'], ...(error.detail === undefined ? {} : { detail: error.detail }),
      });
    }
  };
}
