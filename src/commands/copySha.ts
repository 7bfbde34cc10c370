import { env, l10n, window } from 'vscode';
import { shortSha } from '../core/commit.ts';
import { DeployError } from '../core/deployError.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { requireEnvironment } from '../app/planChecks.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import type { Command } from './commandContext.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession } from './pickSession.ts';

/** Copy Commit SHA: of the row, else of what is live in an environment. */
export const copySha: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  let sha = shaOf(state, argument);
  if (sha === undefined && argument === undefined) {
    const environment = await pickEnvironment(context, state, { title: l10n.t('Copy Commit SHA'), disabled: () => undefined });
    if (!environment) return;
    sha = environment.live === 'nothing' || environment.live === 'unknown' ? undefined : environment.live.sha;
  }
  if (sha === undefined) throw new DeployError('notAvailable', 'The commit is not known.');
  await env.clipboard.writeText(sha);
  window.setStatusBarMessage(l10n.t('Copied {sha}', { sha: shortSha(sha) }), 3_000);
};

function shaOf(state: RepositoryState, argument: RowArgument | undefined): string | undefined {
  if (argument?.sha !== undefined) return argument.sha;
  if (argument?.releaseTag !== undefined) return state.releases.find(({ tag }) => tag === argument.releaseTag)?.sha;
  if (argument?.runId !== undefined) return state.runs?.runs.find(({ id }) => id === argument.runId)?.sha;
  if (argument?.environment === undefined) return undefined;
  const { live, history } = requireEnvironment(state, argument.environment);
  if (argument.deploymentId !== undefined) return history.find(({ deploymentId }) => deploymentId === argument.deploymentId)?.sha;
  return live === 'nothing' || live === 'unknown' ? undefined : live.sha;
}
