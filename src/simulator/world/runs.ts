import { interpolate } from './expressions.ts';
import { openReadyJobs } from './jobs.ts';
import type { Attempt, Commit, Repository, Run, RunEvent, Workflow } from './model.ts';
import { scope, typed } from './runScope.ts';
import type { WorkflowDefinition } from './workflowDefinition.ts';
import type { World } from './world.ts';

/** What starts a run. */
export interface RunStart {
  readonly workflow: Workflow;
  readonly definition: WorkflowDefinition;
  readonly event: RunEvent;
  readonly branch: string;
  readonly commit: Commit;
  readonly actor: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

const NO_HEADS: ReadonlyMap<string, string> = new Map();
const QUEUE_MS = 3000;
const LISTED_AFTER_MS = 1500;

/** Starts a run: it exists at once, shows in lists a moment later, and its first jobs open when a runner looks. */
export function startRun(world: World, repository: Repository, start: RunStart): Run {
  const { workflow, definition, commit } = start;
  workflow.runCount++;
  const run: Run = {
    id: world.id('run'),
    number: workflow.runCount,
    checkSuiteId: world.id('checkSuite'),
    repository,
    workflow,
    definition,
    event: start.event,
    branch: start.branch,
    sha: commit.sha,
    inputs: start.inputs ?? {},
    title: titleOf(repository, start),
    actor: start.actor,
    createdAt: world.now,
    listedAt: world.now + LISTED_AFTER_MS,
    heads: start.event === 'workflow_dispatch' ? new Map(repository.branches) : NO_HEADS,
    attempts: [],
    reviews: [],
  };
  repository.runs.push(run);
  repository.runById.set(run.id, run);
  beginAttempt(world, run, start.actor);
  return run;
}

/** Begins the next attempt of a run; the jobs in `kept` are taken over as they ended. */
export function beginAttempt(world: World, run: Run, actor: string, kept: readonly string[] = []): Attempt {
  const previous = run.attempts.at(-1);
  const attempt: Attempt = {
    number: run.attempts.length + 1,
    triggeringActor: actor,
    startedAt: world.now,
    updatedAt: world.now,
    jobs: [],
    cancelled: false,
    conclusion: null,
  };
  run.attempts.push(attempt);
  for (const job of previous?.jobs ?? []) {
    if (!kept.includes(job.definition.key)) continue;
    const copy = { ...job, id: world.id('job'), attempt };
    attempt.jobs.push(copy);
    run.repository.jobById.set(copy.id, copy);
  }
  world.after(QUEUE_MS * world.pace.stretch, () => openReadyJobs(world, run, attempt));
  return attempt;
}

/** The attempt that counts. */
export function latestAttempt(run: Run): Attempt {
  return run.attempts.at(-1) as Attempt;
}

function titleOf(repository: Repository, { definition, event, branch, commit, inputs, actor, workflow }: RunStart): string {
  const fallback = event === 'workflow_dispatch' || event === 'schedule'
    ? workflow.name
    : (commit.pullRequest && event === 'pull_request' ? commit.pullRequest.title : commit.message.split('\n')[0] ?? '');
  if (definition.runName === undefined) return fallback;
  const title = interpolate(definition.runName, scope({ event, branch, commit: commit.sha, inputs: typed(inputs ?? {}, definition.inputs), actor, number: workflow.runCount, repository }));
  return title.trim() === '' ? fallback : title;
}
