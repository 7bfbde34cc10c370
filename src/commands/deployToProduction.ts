import { l10n } from 'vscode';
import { requireEnvironment } from '../app/planChecks.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { deployTo } from './deploy.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';

/** Deploy to Production: the version, then a modal dialog that names production. */
export const deployToProduction: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const environment = await productionEnvironment(context, session, state);
  if (environment) await deployTo(context, session, state, environment, { canGoBack: false, signal });
};

/** The environment set for it, else the only production one, else it asks. */
async function productionEnvironment(context: CommandContext, session: RepositorySession, state: RepositoryState): Promise<EnvironmentState | undefined> {
  const set = session.settings().productionEnvironment;
  if (set !== undefined) return requireEnvironment(state, set);
  const production = state.environments.filter(({ target }) => target.isProduction);
  if (production.length === 1) return production[0];
  return pickEnvironment(context, production.length === 0 ? state : { ...state, environments: production }, {
    title: l10n.t('Deploy to Production'),
    disabled: () => undefined,
  });
}
