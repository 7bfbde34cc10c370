import { commands, l10n } from 'vscode';
import type { RepositoryState } from '../app/repositoryState.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { back, type Choice } from '../host/prompts.ts';
import type { Command } from './commandContext.ts';
import type { CommandId } from './commandIds.ts';
import { knownRuns, type KnownRun } from './knownRun.ts';
import { pickSession } from './pickSession.ts';

interface Act {
  readonly command: CommandId;
  readonly argument?: RowArgument;
}

/** What can be done now, from the status bar: first for each deploy under way or just ended, then in general. */
export const statusActions: Command = async (context, argument) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const { state } = session.store;
  const key = repositoryKey(session.repository);
  const runs = knownRuns(state).filter(({ tracked }) => tracked !== undefined);
  const answer = await context.prompts.pick<Act>({
    title: 'Boussole',
    placeholder: l10n.t('What now?'),
    choices: [...runs.slice(0, 5).flatMap((run) => runActs(run, key)), ...generalActs(state, key, context.sample.isOn())],
  });
  if (answer !== undefined && answer !== back) await commands.executeCommand(answer.command, answer.argument);
};

function runActs(run: KnownRun, repository: string): readonly Choice<Act>[] {
  const argument: RowArgument = {
    repositoryKey: repository,
    ...(run.id === undefined ? {} : { runId: run.id }),
    ...(run.tracked ? { trackedKey: run.tracked.key } : {}),
    ...(run.tracked?.request ? { environment: run.tracked.request.environment } : {}),
  };
  const acts: (Choice<Act> | undefined)[] = [
    run.tracked?.phase === 'waiting' ? act(l10n.t('Approve or Reject Deployment…'), 'shield', { command: 'boussole.approve', argument }) : undefined,
    hasFailed(run) ? act(l10n.t('Open Log'), 'output', { command: 'boussole.openLog', argument }) : undefined,
    hasFailed(run) && argument.environment !== undefined
      ? act(l10n.t('Roll Back {environment}…', { environment: argument.environment }), 'history', {
          command: 'boussole.rollBack',
          argument: { repositoryKey: repository, environment: argument.environment },
        })
      : undefined,
    hasFailed(run) ? act(l10n.t('Re-Run Failed Jobs'), 'debug-restart', { command: 'boussole.rerunFailed', argument }) : undefined,
    act(l10n.t('Show Run'), 'list-tree', { command: 'boussole.showRun', argument }),
    run.id === undefined ? undefined : act(l10n.t('Open Run on GitHub'), 'link-external', { command: 'boussole.openRun', argument }),
    run.isLive && run.id !== undefined ? act(l10n.t('Cancel Run'), 'stop-circle', { command: 'boussole.cancelRun', argument }) : undefined,
  ];
  const [first, ...others] = acts.filter((one) => one !== undefined);
  return first ? [{ ...first, heading: run.title }, ...others] : [];
}

function generalActs(state: RepositoryState, repository: string, isSample: boolean): readonly Choice<Act>[] {
  const argument: RowArgument = { repositoryKey: repository };
  const hasProduction = state.environments.some(({ target }) => target.isProduction);
  return [
    { ...act(l10n.t('Deploy to Staging'), 'rocket', { command: 'boussole.deployToStaging', argument }), heading: l10n.t('Deploy') },
    ...(hasProduction ? [act(l10n.t('Deploy to Production'), 'rocket', { command: 'boussole.deployToProduction', argument })] : []),
    ...(hasProduction ? [act(l10n.t('Promote Staging to Production'), 'arrow-up', { command: 'boussole.promote', argument })] : []),
    act(l10n.t('Roll Back…'), 'history', { command: 'boussole.rollBack', argument }),
    act(l10n.t('Refresh'), 'refresh', { command: 'boussole.refresh' }),
    ...(isSample ? [act(l10n.t('Leave the Sample Team'), 'sign-out', { command: 'boussole.leaveSample' })] : []),
  ];
}

function act(label: string, icon: string, value: Act): Choice<Act> {
  return { label, icon, value };
}

function hasFailed({ tracked }: KnownRun): boolean {
  return tracked?.phase === 'completed' && tracked.conclusion !== 'success' && tracked.conclusion !== 'cancelled';
}
