import { l10n } from 'vscode';
import { repositoryKey } from '../core/repositoryId.ts';
import { DeployError } from '../core/deployError.ts';
import type { Job } from '../core/workflowRun.ts';
import { back, type Choice } from '../host/prompts.ts';
import { text } from '../core/text.ts';
import type { Command } from './commandContext.ts';
import { idOf, pickRun } from './knownRun.ts';
import { loadedState, pickSession } from './pickSession.ts';

/** Open Log: a finished job's log as a document. The failed job is chosen beforehand; the only finished one is opened at once. */
export const openLog: Command = async (context, argument, signal) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const open = (runId: number, jobId: number) => context.openLogDocument({ repositoryKey: repositoryKey(session.repository), runId, jobId });
  if (argument?.jobId !== undefined && argument.runId !== undefined) return open(argument.runId, argument.jobId);

  const state = await loadedState(session, signal);
  const run = await pickRun(context, state, argument, { title: l10n.t('Open Log'), fits: ({ id }) => id !== undefined, none: text('There is no run whose log could be opened yet.') });
  if (!run) return;
  const runId = idOf(run);
  const jobs = await session.github.jobs(session.repository, runId, undefined, signal);
  const finished = jobs.filter(({ status, conclusion }) => status === 'completed' && conclusion !== 'skipped');
  const [first] = finished;
  if (!first) throw new DeployError('notAvailable', 'No job of this run has finished yet, and GitHub gives a log only then.', { actions: ['retry'] });
  if (finished.length === 1) return open(runId, first.id);
  const failed = finished.find(hasFailed);
  if (failed && finished.filter(hasFailed).length === 1 && argument) return open(runId, failed.id);
  const job = await context.prompts.pick({
    title: l10n.t('Open Log'),
    placeholder: l10n.t('Which job?'),
    choices: finished.map(choice),
    active: (one) => one === (failed ?? first),
  });
  if (job !== undefined && job !== back) await open(runId, job.id);
};

function choice(job: Job): Choice<Job> {
  const isFailed = hasFailed(job);
  return { label: job.name, description: isFailed ? l10n.t('failed') : '', icon: isFailed ? 'error' : 'pass', value: job };
}

function hasFailed({ conclusion }: Job): boolean {
  return conclusion === 'failure' || conclusion === 'timedOut' || conclusion === 'startupFailure';
}
