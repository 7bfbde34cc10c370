import { l10n } from 'vscode';
import { requireEnvironment } from '../app/planChecks.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import { sameEnvironment } from '../core/environment.ts';
import { tierOf } from '../core/promotionOrder.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { deployTo } from './deploy.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';

/** Deploy to Staging: two Enters after the command, one for the version and one for the confirmation. */
export const deployToStaging: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const environment = await stagingEnvironment(context, session, state);
  if (environment) await deployTo(context, session, state, environment, { canGoBack: false, signal });
};

const remembered = 'stagingEnvironment';

/** The environment set for it, else the one named staging or stage, else the one chosen before, else it asks and remembers. */
async function stagingEnvironment(context: CommandContext, session: RepositorySession, state: RepositoryState): Promise<EnvironmentState | undefined> {
  const set = session.settings().stagingEnvironment;
  if (set !== undefined) return requireEnvironment(state, set);
  const named = ['staging', 'stage'].flatMap((name) => state.environments.filter(({ target }) => sameEnvironment(target.environment, name)));
  const before = session.storage.get<string>(remembered);
  const known = named[0] ?? state.environments.find(({ target }) => before !== undefined && sameEnvironment(target.environment, before));
  if (known) return known;
  const chosen = await pickEnvironment(context, state, {
    title: l10n.t('Which Environment Is Staging? (Remembered)'),
    active: ({ target }) => tierOf(target.environment) === 'staging',
    disabled: ({ target }) => (target.isProduction ? l10n.t('This is production.') : undefined),
  });
  if (chosen) await session.storage.set(remembered, chosen.target.environment);
  return chosen;
}
