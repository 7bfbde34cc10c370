import type { RepositoryState } from '../app/repositoryState.ts';
import type { DeployTarget } from '../core/deployTarget.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { text } from '../core/text.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import type { Reader } from './reader.ts';
import { relativeTime } from './relativeTime.ts';
import { runLook } from './runState.ts';

/** A line above a workflow's text: words to press. */
export interface Lens {
  readonly title: string;
  readonly tooltip: string;
  readonly command: string;
  readonly argument: RowArgument;
}

/** What can be asked of a workflow that deploys, and how its last run went, where that is known. */
export function deployLenses(state: RepositoryState, path: string, reader: Reader): readonly Lens[] {
  const { say } = reader;
  const key = repositoryKey(state.repository);
  const targets = state.environments.map(({ target }) => target);
  const deploys = targets.filter(({ deploy }) => deploy?.file.path === path);
  const rollsBack = targets.filter(({ rollback, deploy }) => rollback?.file.path === path && deploy?.file.path !== path);
  if (deploys.length === 0 && rollsBack.length === 0) return [];
  const last = lastRun(state, path);
  return [
    ...(deploys.length > 0
      ? [{ title: `$(rocket) ${say(text('Deploy…'))}`, tooltip: say(text('Deploy to {environments}', { environments: names(deploys) })), command: 'boussole.deploy', argument: about(key, deploys) }]
      : []),
    ...(rollsBack.length > 0
      ? [{ title: `$(discard) ${say(text('Roll Back…'))}`, tooltip: say(text('Roll back {environments}', { environments: names(rollsBack) })), command: 'boussole.rollBack', argument: about(key, rollsBack) }]
      : []),
    ...(last ? [runLens(last, key, reader)] : []),
  ];
}

function runLens(run: WorkflowRun, key: string, reader: Reader): Lens {
  const { icon, word } = runLook(run.status, run.conclusion);
  const ago = relativeTime(run.status === 'completed' ? run.updatedAt : run.startedAt, reader);
  return {
    title: reader.say(text('Last run: {icon} {state}, {ago}', { icon: `$(${icon.codicon})`, state: reader.say(word), ago })),
    tooltip: run.title,
    command: 'boussole.showRun',
    argument: { repositoryKey: key, runId: run.id, url: run.url },
  };
}

/** The newest run of the workflow, if the list of runs proves that it is: a filtered list may lack it. */
function lastRun({ runs }: RepositoryState, path: string): WorkflowRun | undefined {
  if (!runs || Object.keys(runs.filter).length > 0) return undefined;
  return runs.runs.filter((run) => run.workflowPath === path).reduce<WorkflowRun | undefined>((newest, run) => (newest && newest.id >= run.id ? newest : run), undefined);
}

function about(key: string, targets: readonly DeployTarget[]): RowArgument {
  const [only, ...others] = targets;
  return only && others.length === 0 ? { repositoryKey: key, environment: only.environment } : { repositoryKey: key };
}

function names(targets: readonly DeployTarget[]): string {
  return targets.map(({ environment }) => environment).join(', ');
}
