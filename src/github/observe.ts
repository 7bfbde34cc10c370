import { isDeployError } from '../core/deployError.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { RunObservation } from '../core/workflowRun.ts';
import type { GraphError } from './graphErrors.ts';
import { toObservation } from './graphMapper.ts';
import type { WireObservedRun } from './graphWire.ts';
import type { Paging } from './paging.ts';
import { observeQuery } from './queries.ts';
import { readJobs, readPending, readRun } from './runs.ts';
import type { Wire } from './wire.ts';

type LiveRun = { readonly id: number; readonly nodeId: string | undefined };

interface ObserveData {
  readonly nodes: readonly (Partial<WireObservedRun> | null)[];
}

interface Looked {
  readonly seen: readonly RunObservation[];
  /** Withheld or cut short: to be read by REST. */
  readonly rest: readonly LiveRun[];
}

/**
 * Looks at live runs: all in one GraphQL request where the token may read checks, else by conditional REST requests, one run at a
 * time. Fine-grained tokens cannot read checks at all (GitHub has no such permission for them), which is learnt once.
 */
export class Observer {
  readonly #wire: Wire;
  readonly #paging: Paging;
  #canBatch = true;

  constructor(wire: Wire, paging: Paging) {
    this.#wire = wire;
    this.#paging = paging;
  }

  async observe(repository: RepositoryId, runs: readonly LiveRun[], signal?: AbortSignal): Promise<readonly RunObservation[]> {
    if (runs.length === 0) return [];
    const { seen, rest } = await this.#lookTogether(runs, signal);
    const apart = await Promise.all(rest.map(({ id }) => this.#lookApart(repository, id, signal)));
    const byId = new Map([...seen, ...apart.filter((one) => one !== undefined)].map((one) => [one.runId, one]));
    return runs.map(({ id }) => byId.get(id)).filter((one) => one !== undefined);
  }

  async #lookTogether(runs: readonly LiveRun[], signal: AbortSignal | undefined): Promise<Looked> {
    const batch = this.#canBatch ? runs.filter(({ nodeId }) => nodeId !== undefined).slice(0, 100) : [];
    const others = runs.filter((run) => !batch.includes(run));
    if (batch.length === 0) return { seen: [], rest: others };
    try {
      return await this.#wire.query(
        observeQuery,
        { ids: batch.map(({ nodeId }) => nodeId) },
        ({ nodes }: ObserveData, errors): Looked => {
          if (errors.some(isWithheld)) this.#canBatch = false;
          const seen = nodes.map((node) => (isWhole(node) ? toObservation(node) : undefined)).filter((one) => one !== undefined);
          return { seen, rest: [...others, ...batch.filter((run, index) => !seen.some(({ runId }) => runId === run.id) && !isMissing(index, errors))] };
        },
        signal,
      );
    } catch (error) {
      if (!isDeployError(error) || !['forbidden', 'codespacesToken', 'notFound', 'notAvailable', 'malformedAnswer'].includes(error.kind)) throw error;
      this.#canBatch = error.kind === 'malformedAnswer' || error.kind === 'notFound';
      return { seen: [], rest: runs };
    }
  }

  async #lookApart(repository: RepositoryId, runId: number, signal: AbortSignal | undefined): Promise<RunObservation | undefined> {
    try {
      const [run, jobs] = await Promise.all([
        readRun(this.#wire, repository, runId, signal),
        readJobs(this.#paging, repository, runId, undefined, signal),
      ]);
      const pending = run.status === 'waiting' ? await readPending(this.#wire, repository, runId, signal) : [];
      const { attempt, status, conclusion, updatedAt } = run;
      return { runId, attempt, status, conclusion, updatedAt, jobs, pending };
    } catch (error) {
      if (isDeployError(error) && error.kind === 'notFound') return undefined;
      throw error;
    }
  }
}

/** Runs with more jobs than one answer holds are read page by page instead. */
function isWhole(node: Partial<WireObservedRun> | null): node is WireObservedRun {
  return !!node?.checkSuite?.checkRuns && node.checkSuite.checkRuns.totalCount <= (node.checkSuite.checkRuns.nodes?.length ?? 0);
}

function isWithheld({ type, message }: GraphError): boolean {
  return type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES' || /not accessible by/i.test(message ?? '');
}

function isMissing(index: number, errors: readonly GraphError[]): boolean {
  return errors.some(({ type, path }) => type === 'NOT_FOUND' && path?.[0] === 'nodes' && path[1] === index);
}
