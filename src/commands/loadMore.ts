import { l10n } from 'vscode';
import { requireEnvironment } from '../app/planChecks.ts';
import type { EnvironmentState } from '../app/repositoryState.ts';
import { DeployError } from '../core/deployError.ts';
import type { Command } from './commandContext.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession } from './pickSession.ts';

/** More runs, the next page of the list. */
export const loadMoreRuns: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const { runs } = await loadedState(session, signal);
  if (runs?.hasMore === false) throw new DeployError('notAvailable', 'All runs are shown already.');
  await session.refresher.loadMoreRuns();
};

/** More releases, the next page of the list. */
export const loadMoreReleases: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const { moreReleases } = await loadedState(session, signal);
  if (!moreReleases) throw new DeployError('notAvailable', 'All releases are shown already.');
  await session.refresher.loadMoreReleases();
};

/** Older deployments of an environment. */
export const loadMoreHistory: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const environment =
    argument?.environment === undefined
      ? await pickEnvironment(context, state, { title: l10n.t('Load Older Deployments'), disabled: whyNoMore })
      : requireEnvironment(state, argument.environment);
  if (!environment) return;
  if (environment.historyComplete) {
    throw new DeployError('notAvailable', 'All deployments to {environment} are shown already.', { values: { environment: environment.target.environment } });
  }
  await session.refresher.loadMoreHistory(environment.target.environment);
};

function whyNoMore({ historyComplete }: EnvironmentState): string | undefined {
  return historyComplete ? l10n.t('All deployments are shown already.') : undefined;
}
