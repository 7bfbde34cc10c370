import { l10n } from 'vscode';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { RepositoryState, RunFilter } from '../app/repositoryState.ts';
import { DeployError } from '../core/deployError.ts';
import { back, type Choice } from '../host/prompts.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { loadedState, pickSession } from './pickSession.ts';

/** Filter Runs…: one dimension at a time, each replacing what was set for it. */
export const filterRuns: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const filter = await pickFilter(context, session, state, signal);
  if (filter) await session.refresher.setRunFilter(filter);
};

/** Clear Filter. */
export const clearRunFilter: Command = async (context, argument) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  if (Object.keys(session.store.state.runs?.filter ?? {}).length === 0) throw new DeployError('notAvailable', 'The runs are not filtered.');
  await session.refresher.setRunFilter({});
};

type Dimension = 'environment' | 'workflow' | 'branch' | 'status' | 'mine' | 'clear';

async function pickFilter(context: CommandContext, session: RepositorySession, state: RepositoryState, signal: AbortSignal): Promise<RunFilter | undefined> {
  const filter = state.runs?.filter ?? {};
  const dimension = await context.prompts.pick<Dimension>({
    title: l10n.t('Filter Runs'),
    placeholder: l10n.t('By what?'),
    choices: [
      { label: l10n.t('Environment'), description: filter.environment ?? '', icon: 'globe', value: 'environment' },
      { label: l10n.t('Workflow'), description: filter.workflow ?? '', icon: 'gear', value: 'workflow' },
      { label: l10n.t('Branch'), description: filter.branch ?? '', icon: 'git-branch', value: 'branch' },
      { label: l10n.t('State'), description: stateLabel(filter.status), icon: 'pulse', value: 'status' },
      { label: filter.mine === true ? l10n.t('Everybody’s Runs') : l10n.t('Only Mine'), icon: 'account', value: 'mine' },
      ...(Object.keys(filter).length > 0 ? [{ label: l10n.t('Clear Filter'), icon: 'clear-all', value: 'clear' as const }] : []),
    ],
  });
  if (dimension === undefined || dimension === back) return undefined;
  if (dimension === 'clear') return {};
  if (dimension === 'mine') {
    const { mine, ...others } = filter;
    return mine === true ? others : { ...others, mine: true };
  }
  const value = await context.prompts.pick<string>({
    title: l10n.t('Filter Runs'),
    choices: withAny(values(session, state, dimension, signal)),
    active: (one) => one === (filter[dimension] ?? ''),
  });
  if (value === undefined || value === back) return undefined;
  const { [dimension]: _replaced, ...others } = filter;
  return value === '' ? others : { ...others, [dimension]: value };
}

function withAny(choices: Promise<readonly Choice<string>[]>): Promise<readonly Choice<string>[]> {
  return choices.then((list) => [{ label: l10n.t('Any'), icon: 'circle-large-outline', value: '' }, ...list]);
}

async function values(session: RepositorySession, state: RepositoryState, dimension: 'environment' | 'workflow' | 'branch' | 'status', signal: AbortSignal): Promise<readonly Choice<string>[]> {
  switch (dimension) {
    case 'environment':
      return state.environments.map(({ target }) => ({ label: target.environment, icon: 'globe', value: target.environment }));
    case 'workflow': {
      const workflows = await session.github.workflows(session.repository, signal);
      return workflows.map(({ name, path }) => ({ label: name, description: path, icon: 'gear', value: path }));
    }
    case 'branch': {
      const branches = await session.github.branches(session.repository, signal);
      return branches.map(({ name }) => ({ label: name, icon: 'git-branch', value: name }));
    }
    case 'status':
      return statuses.map((status) => ({ label: stateLabel(status), value: status }));
  }
}

/** GitHub's own spelling; its list takes a status or a conclusion here. */
const statuses = ['in_progress', 'queued', 'waiting', 'success', 'failure', 'cancelled', 'timed_out'] as const;

function stateLabel(status: string | undefined): string {
  switch (status) {
    case undefined:
      return '';
    case 'in_progress':
      return l10n.t('In Progress');
    case 'queued':
      return l10n.t('Queued');
    case 'waiting':
      return l10n.t('Waiting for Approval');
    case 'success':
      return l10n.t('Succeeded');
    case 'failure':
      return l10n.t('Failed');
    case 'cancelled':
      return l10n.t('Cancelled');
    case 'timed_out':
      return l10n.t('Timed Out');
    default:
      return status;
  }
}
