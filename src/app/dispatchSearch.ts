import type { DeployRequest } from '../core/deployRequest.ts';
import type { Instant } from '../core/instant.ts';
import type { TrackedRun } from '../core/trackedRun.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import type { DeployStore } from './deployStore.ts';
import { findDispatched } from './findDispatched.ts';
import type { RequestMeter } from './requestMeter.ts';
import type { SessionPorts } from './sessionPorts.ts';
import { withSignal } from './trackedList.ts';

/** Runs can take many seconds to show in lists: asked after these gaps, for about a minute in all. */
const gapsMs = [1_500, 2_500, 4_000, 6_000, 8_000, 10_000, 13_000, 15_000];
const searchMs = 60_000;
const perPage = 10;

type Unfound = Extract<TrackedRun, { phase: 'accepted' | 'unconfirmed' | 'notSeen' }>;

/** Looks for runs whose dispatch was accepted or not answered, and gives up honestly; what was given up is still recognised later. */
export class DispatchSearch {
  readonly #ports: SessionPorts;
  readonly #store: DeployStore;
  readonly #meter: RequestMeter;
  #lastAt: Instant | undefined;
  #looks = 0;

  constructor(ports: SessionPorts, store: DeployStore, meter: RequestMeter) {
    this.#ports = ports;
    this.#store = store;
    this.#meter = meter;
  }

  /** This machine's time of the next look; `undefined` when nothing is looked for. */
  get nextAt(): Instant | undefined {
    if (!this.#store.state.tracked.some((run) => run.phase === 'accepted' || run.phase === 'unconfirmed')) return undefined;
    return (this.#lastAt ?? 0) + (gapsMs[Math.min(this.#looks, gapsMs.length - 1)] ?? 0);
  }

  /** A dispatch was just sent: the gaps start anew. */
  begin(now: Instant): void {
    this.#lastAt = now;
    this.#looks = 0;
  }

  async look(signal?: AbortSignal): Promise<void> {
    const { github, repository, clock } = this.#ports;
    this.#lastAt = clock.now();
    this.#looks++;
    const searched = this.#unfound().filter((run) => run.phase !== 'notSeen');
    for (const { key, request, since } of searched) {
      if (!request) continue;
      this.#meter.note();
      const created = `>=${new Date(Math.floor((since - 2_000) / 1_000) * 1_000).toISOString().replace('.000', '')}`;
      const page = await github.runs(repository, { workflow: request.workflow, event: 'workflow_dispatch', created, page: 1, perPage }, signal);
      this.match(page.runs);
      const at = github.serverNow();
      if (at - since >= searchMs) this.#store.update((state) => withSignal(state, key, { type: 'searchExhausted', at }));
    }
  }

  /** Recognises the runs of unfound dispatches among `runs`. */
  match(runs: readonly WorkflowRun[]): void {
    for (const { key, request, since } of this.#unfound()) {
      if (!request) continue;
      const taken = new Set(this.#store.state.tracked.flatMap((run) => (run.request && 'seen' in run ? [run.seen.runId] : [])));
      const run = findDispatched({ request, since, titleCarriesId: this.#titleCarriesId(request) }, runs, taken);
      if (run) this.#store.update((state) => withSignal(state, key, { type: 'observed', run }));
    }
  }

  #unfound(): readonly Unfound[] {
    return this.#store.state.tracked.filter((run) => run.phase === 'accepted' || run.phase === 'unconfirmed' || run.phase === 'notSeen');
  }

  /** True when the id was sent and the workflow's `run-name` reads the input that carries it; a tag's own old copy may take no id. */
  #titleCarriesId({ workflow: path, inputs, correlationId }: DeployRequest): boolean {
    return Object.values(inputs).includes(correlationId) && this.#store.state.environments.some(({ target }) =>
      [target.deploy, target.rollback].some((workflow) => {
        const input = workflow?.inputs.correlationId;
        return workflow?.file.path === path && input !== undefined && (workflow.file.runName?.includes(input) ?? false);
      }),
    );
  }
}
