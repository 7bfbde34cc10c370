import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConcurrencyGroups } from './concurrency.ts';
import { closed, evaluate, holds, type Contexts } from './expression.ts';
import { actionsEnvironment, eventOf, githubOf, type Identity } from './githubContext.ts';
import { checkedInputs, inputsOf } from './inputs.ts';
import { inOrder, needed, statusOf, succeeded } from './jobGraph.ts';
import { runJob } from './jobRunner.ts';
import type { JobResult, Result, Run, RunRequest, Watch } from './run.ts';
import type { RunningShell } from './shell.ts';
import type { Job, Permissions, Workflow } from './workflow.ts';

/** Secrets and variables of a repository or of one environment. */
export interface Configuration {
  readonly secrets: Record<string, string>;
  readonly variables: Record<string, string>;
}

/** The repository and the machine that workflows run for. */
export interface RunnerSetup {
  /** A bare repository. */
  readonly origin: string;
  readonly repository: { readonly owner: string; readonly name: string; readonly id: number; readonly defaultBranch: string };
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly configuration: Configuration;
  /** By the environment's name. Jobs that name another one are an error: GitHub would create it, unprotected. */
  readonly environments: Readonly<Record<string, Configuration>>;
  /** A token that may do exactly this. */
  readonly tokenFor: (permissions: Permissions) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What the machine has in its environment besides, at the moment it is asked. */
  readonly machine: () => Readonly<Record<string, string>>;
  readonly folder: string;
}

/** What is known of an attempt from its beginning, and how it ended once it has. */
export interface BegunRun extends Pick<Run, 'id' | 'attempt' | 'createdAt' | 'startedAt' | 'request' | 'title' | 'number'> {
  conclusion?: Result;
}

/** Runs workflow files on this machine as GitHub Actions would, as far as it understands them; else it throws. */
export class WorkflowRunner {
  readonly groups = new ConcurrencyGroups();
  /** Every attempt begun, oldest first. */
  readonly begun: BegunRun[] = [];
  readonly #setup: RunnerSetup;
  #runs = 0;

  constructor(setup: RunnerSetup) {
    this.#setup = setup;
  }

  /** Starts a run and answers when it has ended. */
  start(request: RunRequest, watch: Watch = {}): Promise<Run> {
    this.#runs++;
    const inputs = request.event === 'push' ? {} : checkedInputs(request.workflow, request.inputs);
    const started = this.#setup.now();
    return this.#attempt({ ...request, inputs }, { id: 7_000_000_000 + this.#runs, number: this.#runs, attempt: 1, createdAt: started, kept: new Map() }, watch);
  }

  /** Runs all jobs of a run again, or those that did not succeed and what needs them. */
  rerun(run: Run, which: 'all' | 'failed', watch: Watch = {}): Promise<Run> {
    const kept = which === 'all' ? new Map<string, JobResult>() : succeeded(run);
    return this.#attempt(run.request, { id: run.id, number: run.number, attempt: run.attempt + 1, createdAt: run.createdAt, kept }, watch);
  }

  async #attempt(request: RunRequest, identity: Identity, watch: Watch): Promise<Run> {
    const { workflow } = request;
    const { configuration, folder, now } = this.#setup;
    const runFolder = join(folder, `run-${identity.id}-${identity.attempt}`);
    // They outlive an attempt.
    const artifacts = join(folder, `run-${identity.id}-artifacts`);
    for (const each of [runFolder, artifacts]) mkdirSync(each, { recursive: true });
    const event = eventOf(request, this.#setup);
    writeFileSync(join(runFolder, 'event.json'), JSON.stringify(event));
    const github = { ...githubOf(request, identity, this.#setup), event, event_path: join(runFolder, 'event.json') };
    const inputs = inputsOf(request);
    const title = evaluate(workflow.runName, { github: closed(github), inputs, vars: configuration.variables });
    const startedAt = now();
    const begun: BegunRun = { id: identity.id, number: identity.number, attempt: identity.attempt, createdAt: identity.createdAt, startedAt, request, title };
    this.begun.push(begun);
    const shells = new Set<RunningShell>();
    let cancelled = false;
    const cancel = (): void => {
      cancelled = true;
      for (const shell of shells) shell.kill();
    };

    const jobs = new Map<string, Promise<JobResult>>();
    const settled = new Map<string, JobResult>(identity.kept);
    for (const job of inOrder(workflow)) jobs.set(job.id, identity.kept.has(job.id) ? Promise.resolve(settled.get(job.id) as JobResult) : this.#job(job, {
      needed: Promise.all(job.needs.map((need) => jobs.get(need) as Promise<JobResult>)), settled, workflow, github, inputs, artifacts, watch,
      folder: join(runFolder, job.id), isCancelled: () => cancelled, cancel, started: (shell) => shells.add(shell),
    }));
    await Promise.all(jobs.values());
    const results = workflow.jobs.map(({ id, continueOnError }) => (continueOnError ? 'success' : (settled.get(id)?.result ?? 'skipped')));
    const conclusion = results.includes('failure') ? 'failure' : cancelled || results.includes('cancelled') ? 'cancelled' : 'success';
    begun.conclusion = conclusion;
    const ordered = new Map(workflow.jobs.map(({ id }) => [id, settled.get(id) as JobResult]));
    return { id: identity.id, number: identity.number, attempt: identity.attempt, request, title, createdAt: identity.createdAt, startedAt, conclusion, jobs: ordered, artifacts };
  }

  async #job(job: Job, around: Around): Promise<JobResult> {
    const { settled, workflow, inputs, watch, isCancelled } = around;
    await around.needed;
    const { configuration, environments, tokenFor, machine, origin, serverUrl, repository } = this.#setup;
    const github = closed({ ...around.github, token: tokenFor(job.permissions) });
    const needs = closed(Object.fromEntries(job.needs.map((id) => [id, needed(workflow, settled, id)])));
    const contexts = { github, needs, inputs };
    const early: Contexts = { ...contexts, vars: configuration.variables };
    const name = evaluate(job.name, early);
    const end = (result: Result): JobResult => remember({ id: job.id, name, result, outputs: {}, environment: undefined, environmentUrl: '', steps: [], summary: '' });
    const remember = (result: JobResult): JobResult => {
      settled.set(job.id, result);
      return result;
    };
    if (!holds(job.condition, early, statusOf(workflow, settled, job, isCancelled()))) return end(isCancelled() ? 'cancelled' : 'skipped');
    const environment = job.environment && evaluate(job.environment.name, early);
    const own = environment === undefined ? undefined : environments[environment];
    if (environment !== undefined && !own) throw new Error(`${workflow.file}: ${job.id} names an environment that does not exist: "${environment}".`);
    if (job.environment?.deployment) throw new Error(`${workflow.file}: ${job.id} leaves its deployment record to GitHub, which the test's runner does not make.`);
    const group = job.concurrency && evaluate(job.concurrency.group, early);
    await watch.beforeGroup?.(job.id);
    if (group !== undefined && (await this.groups.enter(group, job.concurrency?.queue ?? 'single')) === 'cancelled') return end('cancelled');
    try {
      // What is always run goes on in a cancelled run, as if nothing had happened.
      const survives = holds(job.condition, early, statusOf(workflow, settled, job, true));
      if (isCancelled() && !survives) return end('cancelled');
      const result = await runJob({
        job, name, contexts, environment, watch, cancel: around.cancel, workflowEnv: workflow.env, folder: around.folder,
        isCancelled: () => isCancelled() && !survives,
        started: (shell) => !survives && around.started(shell),
        secrets: { ...configuration.secrets, ...own?.secrets, GITHUB_TOKEN: tokenFor(job.permissions) },
        variables: { ...configuration.variables, ...own?.variables },
        machine: () => ({ ...actionsEnvironment(around.github), ...machine() }),
        action: {
          origin, repositoryUrl: `${serverUrl}/${repository.owner}/${repository.name}`, artifacts: around.artifacts, permissions: job.permissions,
          sha: String(around.github['sha']), branch: String(around.github['ref_name']),
        },
      });
      return remember(result);
    } finally {
      if (group !== undefined) this.groups.leave(group);
    }
  }
}

interface Around {
  readonly needed: Promise<unknown>;
  readonly settled: Map<string, JobResult>;
  readonly workflow: Workflow;
  readonly github: Readonly<Record<string, unknown>>;
  readonly inputs: object;
  readonly artifacts: string;
  readonly watch: Watch;
  readonly folder: string;
  readonly isCancelled: () => boolean;
  readonly cancel: () => void;
  readonly started: (shell: RunningShell) => unknown;
}
