import { l10n } from 'vscode';
import { requireEnvironment } from '../app/planChecks.ts';
import type { EnvironmentState } from '../app/repositoryState.ts';
import { DeployError } from '../core/deployError.ts';
import { repositoryUrl } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { back } from '../host/prompts.ts';
import type { Command } from './commandContext.ts';
import { openPage } from './openPage.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession } from './pickSession.ts';
import { shortSha } from '../core/commit.ts';
import { showBusy } from './showBusy.ts';

/** Compare with Live: the commits between what is live and the row's version, in a list; each opens its page. */
export const compareWithLive: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const environment =
    argument?.environment === undefined
      ? await pickEnvironment(context, state, {
          title: l10n.t('Compare with What Is Live'),
          disabled: (one) => (liveSha(one) === undefined ? l10n.t('What is live here is not known.') : undefined),
          active: ({ target }) => target.isProduction,
        })
      : requireEnvironment(state, argument.environment);
  if (!environment) return;
  const name = environment.target.environment;
  const base = liveSha(environment);
  if (base === undefined) throw new DeployError('notAvailable', 'What is live in {environment} is not known, so there is nothing to compare with.', { values: { environment: name } });
  const head = headOf(environment, argument);
  const { commits, aheadBy, behindBy, url } = await showBusy(() => session.github.compare(session.repository, base, head.ref, signal));
  const answer = await context.prompts.pick({
    title: l10n.t('{version} compared with {environment}', { version: head.label, environment: name }),
    placeholder: l10n.t('{ahead} commits ahead, {behind} behind', { ahead: aheadBy, behind: behindBy }),
    choices: [
      { label: l10n.t('Open the Comparison on GitHub'), icon: 'link-external', value: url },
      ...commits.toReversed().map((commit, index) => ({
        label: commit.headline,
        description: `${shortSha(commit.sha)} · ${commit.author}`,
        icon: commit.pullRequest ? 'git-pull-request' : 'git-commit',
        value: `${repositoryUrl(session.repository)}/commit/${commit.sha}`,
        ...(index === 0 ? { heading: l10n.t('Commits') } : {}),
      })),
    ],
  });
  if (answer !== undefined && answer !== back) await openPage(context, answer);
};

function liveSha({ live }: EnvironmentState): string | undefined {
  return live === 'nothing' || live === 'unknown' ? undefined : live.sha;
}

/** The row's version, else the head of the branch that the environment is deployed from. */
function headOf({ target, history }: EnvironmentState, argument: RowArgument | undefined): { readonly ref: string; readonly label: string } {
  if (argument?.releaseTag !== undefined) return { ref: argument.releaseTag, label: argument.releaseTag };
  const shipped = history.find(({ deploymentId }) => deploymentId === argument?.deploymentId);
  if (shipped?.sha !== undefined) return { ref: shipped.sha, label: shipped.label };
  if (argument?.sha !== undefined) return { ref: argument.sha, label: shortSha(argument.sha) };
  return { ref: target.branch, label: target.branch };
}
