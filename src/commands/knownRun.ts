import { l10n } from 'vscode';
import type { RepositoryState } from '../app/repositoryState.ts';
import { DeployError } from '../core/deployError.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import { isDryRun } from '../core/dryRun.ts';
import { repositoryUrl } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { runTitle } from '../core/runTitle.ts';
import type { Text } from '../core/text.ts';
import type { TrackedRun } from '../core/trackedRun.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import { back } from '../host/prompts.ts';
import type { CommandContext } from './commandContext.ts';
import { dotted, sayDate } from './say.ts';

/** A run as commands know it: followed, listed, or both; one without an id was sent and is not found yet. */
export interface KnownRun {
  readonly id: number | undefined;
  readonly tracked: TrackedRun | undefined;
  readonly run: WorkflowRun | undefined;
  readonly title: string;
  readonly isLive: boolean;
  readonly url: string | undefined;
}

/** Followed runs first, newest first, then the list's; each once. */
export function knownRuns(state: RepositoryState): readonly KnownRun[] {
  const listed = new Map((state.runs?.runs ?? []).map((run) => [run.id, run]));
  const followed = state.tracked.map((tracked) => fromTracked(state, tracked, listed)).toReversed();
  const ids = new Set(followed.map(({ id }) => id));
  return [...followed, ...[...listed.values()].filter(({ id }) => !ids.has(id)).map((run) => fromRun(run))];
}

/** The run that a row stands for; `undefined` when the row names none. Throws when it is not known any more. */
export function runOf(state: RepositoryState, argument: RowArgument | undefined): KnownRun | undefined {
  if (argument?.trackedKey === undefined && argument?.runId === undefined) return undefined;
  const all = knownRuns(state);
  const found = all.find(({ tracked, id }) => (argument.runId === undefined ? tracked?.key === argument.trackedKey : id === argument.runId));
  if (found) return found;
  if (argument.runId !== undefined) {
    const url = argument.url ?? `${repositoryUrl(state.repository)}/actions/runs/${argument.runId}`;
    return { id: argument.runId, tracked: undefined, run: undefined, title: `#${argument.runId}`, isLive: false, url };
  }
  throw new DeployError('notFound', 'This run is not known any more. Refresh the view and try again.', { actions: ['retry'] });
}

/** The row's run, else one that the user picks among those that `fits`; with `takesOnly` a single one needs no asking. `undefined` after Escape. */
export async function pickRun(
  context: CommandContext,
  state: RepositoryState,
  argument: RowArgument | undefined,
  options: { title: string; fits: (run: KnownRun) => boolean; none: Text; takesOnly?: boolean },
): Promise<KnownRun | undefined> {
  const known = runOf(state, argument);
  if (known) return known;
  const fitting = knownRuns(state).filter((run) => options.fits(run));
  if (fitting.length === 0) throw new DeployError('notAvailable', options.none.message);
  if (options.takesOnly && fitting.length === 1) return fitting[0];
  const answer = await context.prompts.pick({
    title: options.title,
    placeholder: l10n.t('Which run?'),
    choices: fitting.map((run) => ({
      label: run.title,
      description: dotted([run.run?.branch, run.run?.actor ?? run.tracked?.request?.actor]),
      detail: dotted([run.run?.workflowName, run.run && sayDate(run.run.startedAt)]),
      icon: run.isLive ? 'sync' : run.run?.conclusion === 'success' ? 'pass' : 'circle-large-outline',
      value: run,
    })),
  });
  return answer === back ? undefined : answer;
}

/** The id of a run that has one; throws while a sent run is still looked for. */
export function idOf({ id }: KnownRun): number {
  if (id !== undefined) return id;
  throw new DeployError('notAvailable', 'GitHub has not named this run yet. Try again in a moment.', { actions: ['retry'] });
}

function fromTracked(state: RepositoryState, tracked: TrackedRun, listed: ReadonlyMap<number, WorkflowRun>): KnownRun {
  const seen = 'seen' in tracked ? tracked.seen : undefined;
  const run = (seen && listed.get(seen.runId)) ?? seen?.run;
  const request = tracked.request;
  return {
    id: seen?.runId,
    tracked,
    run,
    title: request ? requestTitle(request) : (run ? runTitle(run) : ''),
    isLive: ['dispatching', 'accepted', 'unconfirmed', 'queued', 'waiting', 'inProgress', 'cancelling'].includes(tracked.phase),
    url: seen?.url ?? (request && `${repositoryUrl(state.repository)}/actions/workflows/${encodeURIComponent(request.workflow.split('/').at(-1) ?? '')}`),
  };
}

function requestTitle(request: DeployRequest): string {
  const values = { version: request.version.label, environment: request.environment };
  return isDryRun(request) ? l10n.t('Dry run of {version} for {environment}', values) : l10n.t('{version} to {environment}', values);
}

function fromRun(run: WorkflowRun): KnownRun {
  return { id: run.id, tracked: undefined, run, title: runTitle(run), isLive: run.status !== 'completed', url: run.url };
}
