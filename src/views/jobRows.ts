import type { RepositoryState } from '../app/repositoryState.ts';
import { plainText } from '../core/plainText.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import type { Job, Step, WorkflowRun } from '../core/workflowRun.ts';
import { duration } from './duration.ts';
import { bold, escaped } from './markdownEscape.ts';
import { contextValue, dotted, spoken, type Row } from './row.ts';
import { colors, runLook, type StateLook } from './runState.ts';
import type { Reader } from './reader.ts';

/** A run's jobs with their steps; `undefined` jobs are being loaded. */
export function jobRows(jobs: readonly Job[] | undefined, run: WorkflowRun, parentKey: string, state: RepositoryState, reader: Reader): readonly Row[] {
  if (!jobs) return [noteRow(parentKey, reader.say(text('Loading…')), 'loading~spin', run, state)];
  if (jobs.length === 0) return [noteRow(parentKey, reader.say(text('No jobs yet')), 'circle-outline', run, state)];
  return jobs.map((job) => jobRow(job, run, parentKey, state, reader));
}

function jobRow(job: Job, run: WorkflowRun, parentKey: string, state: RepositoryState, reader: Reader): Row {
  const look = runLook(job.status, job.conclusion);
  const key = `${parentKey}|${job.id}`;
  const label = plainText(job.name, 80);
  const parts = partsOf(job, look, reader);
  return {
    key,
    label,
    description: dotted(parts),
    icon: look.icon,
    tooltip: [`${bold(job.name, 120)} — ${escaped(reader.say(look.word))}`],
    contextValue: contextValue('job', { hasLog: hasLog(job), openable: true }),
    collapsible: job.steps.length === 0 ? 'none' : look.isLive || isBad(look, job) ? 'expanded' : 'collapsed',
    accessibilityLabel: spoken([label, reader.say(look.word), timeOf(job, look, reader)]),
    argument: argumentOf(job, run, state),
    children: () => job.steps.map((step) => stepRow(step, job, run, key, state, reader)),
  };
}

function stepRow(step: Step, job: Job, run: WorkflowRun, parentKey: string, state: RepositoryState, reader: Reader): Row {
  const look = runLook(step.status, step.conclusion);
  const label = plainText(step.name, 120);
  return {
    key: `${parentKey}|${step.number}`,
    label,
    description: dotted(partsOf(step, look, reader)),
    // What has its turn later is no news: only what moves is blue.
    icon: step.status === 'queued' ? { ...look.icon, color: colors.quiet } : look.icon,
    tooltip: [`${step.number}\\. ${bold(step.name, 120)} — ${escaped(reader.say(look.word))}`],
    contextValue: contextValue('step', { hasLog: hasLog(job), openable: true }),
    collapsible: 'none',
    ...(hasLog(job) ? { command: 'boussole.openLog' } : {}),
    accessibilityLabel: spoken([label, reader.say(look.word), timeOf(step, look, reader)]),
    argument: argumentOf(job, run, state),
  };
}

type Timed = Pick<Step, 'startedAt' | 'completedAt' | 'conclusion'>;

/** The state where it does not go without saying, then the time. */
function partsOf(part: Timed, look: StateLook, reader: Reader): readonly (string | undefined)[] {
  return [look.isGood || look.icon.codicon === 'circle-large-outline' ? undefined : reader.say(look.word), timeOf(part, look, reader)];
}

function timeOf({ startedAt, completedAt, conclusion }: Timed, look: StateLook, reader: Reader): string | undefined {
  if (startedAt === undefined || conclusion === 'skipped') return undefined;
  if (look.isLive) return duration(reader.now - startedAt, reader);
  return completedAt === undefined ? undefined : duration(completedAt - startedAt, reader);
}

function hasLog({ status, conclusion }: Job): boolean {
  return status === 'completed' && conclusion !== 'skipped';
}

function isBad(look: StateLook, { status, conclusion }: Job): boolean {
  return status === 'completed' && !look.isGood && conclusion !== 'skipped';
}

function argumentOf(job: Job, run: WorkflowRun, state: RepositoryState): Row['argument'] {
  return { repositoryKey: repositoryKey(state.repository), runId: run.id, jobId: job.id, url: job.url ?? run.url };
}

function noteRow(parentKey: string, label: string, codicon: string, run: WorkflowRun, state: RepositoryState): Row {
  return {
    key: `${parentKey}|note`,
    label,
    description: '',
    icon: { codicon },
    tooltip: [],
    contextValue: 'note',
    collapsible: 'none',
    accessibilityLabel: label,
    argument: { repositoryKey: repositoryKey(state.repository), runId: run.id },
  };
}
