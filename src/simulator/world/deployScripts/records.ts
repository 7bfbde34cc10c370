import { addDeployment, announce } from '../deployments.ts';
import type { DeploymentState, Job, ServerRelease } from '../model.ts';
import { isProduction } from './pipelineConfig.ts';
import type { ScriptCall } from './scriptCall.ts';

/** Who writes records with a workflow's own token. */
const BOT = 'github-actions[bot]';

/** Makes the record of what really ships, under way; its id is put out for the steps that follow. */
export function openRecord(call: ScriptCall, task: 'deploy' | 'rollback', release: ServerRelease, previous: ServerRelease | undefined): string {
  const { world, job, repository } = call;
  const { run, attempt } = job;
  const environment = call.env('ENVIRONMENT');
  const record = addDeployment(world, repository, {
    sha: release.sha,
    ref: release.sha,
    task,
    environment,
    description: `${task === 'rollback' ? 'Roll back to' : 'Deploy'} ${release.version}`,
    payload: {
      version: release.version, sha: release.sha, release_id: release.id, previous_release_id: previous?.id ?? null, run_id: run.id,
      run_attempt: attempt.number, correlation_id: call.env('CORRELATION_ID'), actor: attempt.triggeringActor, reason: call.env('REASON'),
    },
    creator: BOT,
    transient: false,
    production: isProduction(run, environment),
    job,
  });
  job.record = record;
  sayOfRecord(call, job, 'in_progress', 'Under way');
  return String(record.id);
}

/** The run's own record of a release that is live, when nothing good was said of it yet: a re-run speaks for it. Its id, if there is one. */
export function takeUpRecord({ job, repository }: ScriptCall, releaseId: string): string | undefined {
  const found = repository.deployments.findLast(({ payload }) => payload['run_id'] === job.run.id && payload['release_id'] === releaseId);
  const state = found?.statuses.at(-1)?.state;
  if (!found || state === 'success' || state === 'inactive') return undefined;
  job.record = found;
  return String(found.id);
}

/** Says how the change that a job's record stands for goes on; nothing where there is no record. */
export function sayOfRecord({ world }: Pick<ScriptCall, 'world'>, { record }: Job, state: DeploymentState, description: string): void {
  if (record) announce(world, record, { state, description, creator: BOT });
}

/** True while nothing was said about how a record's change ended. */
export function isOpen({ record }: Job): boolean {
  return record?.statuses.at(-1)?.state === 'in_progress';
}
