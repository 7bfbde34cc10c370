import { announce, recordDeployment, type Announcement } from './deployments.ts';
import { interpolate } from './expressions.ts';
import { joinGroup, leaveGroup } from './concurrency.ts';
import { gateFor, mayDeploy } from './gates.ts';
import type { Attempt, Conclusion, Job, Run } from './model.ts';
import { conditionHolds, jobScope, resultOf, stepScope } from './runScope.ts';
import { goLive } from './servers.ts';
import { shippedBy } from './shipping.ts';
import { runSteps } from './steps.ts';
import type { JobDefinition } from './workflowDefinition.ts';
import type { World } from './world.ts';

const PICKUP_MS = 2000;

/** Opens every job whose needs are done; the attempt is over when nothing is left to open. */
export function openReadyJobs(world: World, run: Run, attempt: Attempt): void {
  for (const definition of run.definition.jobs) {
    if (attempt.jobs.some((job) => job.definition.key === definition.key)) continue;
    const needs = definition.needs.map((key) => attempt.jobs.find((job) => job.definition.key === key));
    if (needs.some((job) => job?.status !== 'completed')) continue;
    const needsSucceeded = needs.every((job) => job !== undefined && resultOf(job) === 'success');
    const isWanted = attempt.cancelled !== 'forced' &&
      conditionHolds(definition.condition, () => jobScope(run, attempt, definition), needsSucceeded, attempt.cancelled !== false);
    if (isWanted) openJob(world, run, attempt, definition);
    else skipJob(world, run, attempt, definition);
  }
  attempt.updatedAt = world.now;
  const over = run.definition.jobs.every(({ key }) =>
    attempt.jobs.some((job) => job.definition.key === key && job.status === 'completed'));
  if (over && attempt.conclusion === null) attempt.conclusion = concluded(attempt);
}

/** Ends a job and lets what waited for it go on. */
export function completeJob(world: World, job: Job, conclusion: Conclusion, description?: string): void {
  if (job.status === 'completed') return;
  job.status = 'completed';
  job.conclusion = conclusion;
  job.completedAt = world.now;
  job.startedAt ??= world.now;
  job.outputs = outputsOf(job);
  const word = announcementOf(conclusion, description);
  if (job.deployment) announce(world, job.deployment, word);
  if (job.environment !== undefined && conclusion === 'success' && !isScripted(job.definition)) ship(world, job, job.environment);
  leaveGroup(world, job, startOnRunner);
  openReadyJobs(world, job.run, job.attempt);
}

/** Lets a reviewed job go on: to a runner, or behind the job that holds its concurrency group. */
export function passGate(world: World, job: Job): void {
  if (job.status !== 'waiting' || !job.gate?.approved || !job.gate.timerDone) return;
  job.status = 'queued';
  if (job.deployment) announce(world, job.deployment, { state: 'queued', description: 'Deployment is queued.' });
  joinGroup(world, job, startOnRunner, supersede(world));
}

function outputsOf(job: Job): Job['outputs'] {
  const outputs = Object.entries(job.definition.outputs);
  if (outputs.length === 0) return {};
  const seen = stepScope(job);
  return Object.fromEntries(outputs.map(([name, text]) => [name, interpolate(text, seen)]));
}

function openJob(world: World, run: Run, attempt: Attempt, definition: JobDefinition): void {
  const job = addJob(world, run, attempt, definition);
  if (job.environment === undefined) {
    joinGroup(world, job, startOnRunner, supersede(world));
    return;
  }
  const refusal = mayDeploy(run, job.environment);
  if (refusal !== undefined) {
    job.steps.push({ number: 1, name: 'Set up job', status: 'completed', conclusion: 'failure', problem: [`##[error]${refusal}`] });
    completeJob(world, job, 'failure');
    return;
  }
  if (definition.recordsDeployment) job.deployment = recordDeployment(world, job, job.environment);
  const gate = gateFor(world, job, job.environment, () => passGate(world, job));
  if (!gate) {
    if (job.deployment) announce(world, job.deployment, { state: 'queued', description: 'Deployment is queued.' });
    joinGroup(world, job, startOnRunner, supersede(world));
    return;
  }
  job.gate = gate;
  job.status = 'waiting';
  if (job.deployment) announce(world, job.deployment, { state: 'waiting', description: 'Waiting for approval.' });
  joinGroup(world, job, startOnRunner, supersede(world));
  for (const notice of world.onWaiting) notice(job);
}

function addJob(world: World, run: Run, attempt: Attempt, definition: JobDefinition): Job {
  const scope = jobScope(run, attempt, definition);
  const environment = definition.environment === undefined ? undefined : interpolate(definition.environment, scope);
  const job: Job = {
    id: world.id('job'),
    definition,
    run,
    attempt,
    createdAt: world.now,
    status: 'queued',
    conclusion: null,
    steps: [],
    runner: world.chance.int(1, 90),
    environmentUrl: definition.environmentUrl === '' ? '' : interpolate(definition.environmentUrl, jobScope(run, attempt, definition, environment)),
    stepOutputs: {},
    outputs: {},
    ...(environment ? { environment } : {}),
    ...(definition.group === undefined ? {} : { group: interpolate(definition.group, scope).toLowerCase() }),
  };
  attempt.jobs.push(job);
  run.repository.jobById.set(job.id, job);
  return job;
}

function skipJob(world: World, run: Run, attempt: Attempt, definition: JobDefinition): void {
  const job = addJob(world, run, attempt, definition);
  job.status = 'completed';
  job.conclusion = 'skipped';
  job.startedAt = world.now;
  job.completedAt = world.now;
}

function startOnRunner(world: World, job: Job): void {
  job.status = 'queued';
  world.after(PICKUP_MS * world.pace.stretch, () => {
    if (job.status !== 'queued') return;
    job.status = 'in_progress';
    job.startedAt = world.now;
    job.attempt.updatedAt = world.now;
    if (job.deployment) announce(world, job.deployment, { state: 'in_progress', description: 'Deployment is in progress.' });
    runSteps(world, job, (conclusion) => completeJob(world, job, conclusion));
  });
}

function supersede(world: World): (job: Job) => void {
  return (job) => {
    job.attempt.cancelled = 'asked';
    completeJob(world, job, 'cancelled', 'Superseded by a newer deployment.');
  };
}

function ship(world: World, job: Job, environment: string): void {
  const shipped = shippedBy(job.run, environment);
  if (!shipped) return;
  const { version, commit } = shipped;
  goLive(world, job.run.repository, environment, { id: `${version}-${commit.sha.slice(0, 7)}-${job.run.id}.${job.attempt.number}`, version, sha: commit.sha }, 'publish');
}

/** True for a job of the pipeline: its scripts say themselves what they ship. */
function isScripted({ steps }: JobDefinition): boolean {
  return steps.some(({ run }) => run?.startsWith('.deploy/') === true);
}

function announcementOf(conclusion: Conclusion, description: string | undefined): Announcement {
  if (conclusion === 'success') return { state: 'success', description: description ?? 'Deployment finished successfully.' };
  return { state: 'failure', description: description ?? `Deployment ended: ${conclusion}.` };
}

function concluded(attempt: Attempt): Conclusion {
  const conclusions = attempt.jobs.map((job) => (job.conclusion === 'failure' && job.definition.continuesOnError ? 'success' : job.conclusion));
  if (conclusions.includes('failure')) return 'failure';
  if (attempt.cancelled !== false || conclusions.includes('cancelled')) return 'cancelled';
  return conclusions.every((conclusion) => conclusion === 'skipped') ? 'skipped' : 'success';
}
