import type { RunPage, RunQuery } from '../core/gitHub.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';

/** The answers to one query of runs, page by page, as one list without gaps: new runs push older ones to later pages while we read. */
export class RunPages {
  readonly query: RunQuery;
  #first: RunPage | undefined;
  #runs: ReadonlyMap<number, WorkflowRun> = new Map();
  #total = 0;
  #hasMore = false;

  constructor(query: RunQuery) {
    this.query = query;
  }

  get isRead(): boolean {
    return this.#first !== undefined;
  }

  get runs(): Iterable<WorkflowRun> {
    return this.#runs.values();
  }

  get total(): number {
    return this.#total;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** The page to ask for next: it may hold runs that were pushed there from the page before. */
  get nextPage(): number {
    return Math.floor(this.#runs.size / this.query.perPage) + 1;
  }

  /** Takes in the newest page; false when it is the one known. Where nothing links it to what was read, the list begins anew. */
  takeFirst(page: RunPage): boolean {
    if (page === this.#first) return false;
    const isLinked = page.runs.some(({ id }) => this.#runs.has(id));
    this.#hasMore = isLinked && this.#runs.size > page.runs.length ? this.#hasMore : page.hasMore;
    this.#first = page;
    this.#take(page, isLinked ? this.#runs : new Map());
    return true;
  }

  takeNext(page: RunPage): void {
    this.#hasMore = page.hasMore;
    this.#take(page, this.#runs);
  }

  #take(page: RunPage, known: ReadonlyMap<number, WorkflowRun>): void {
    this.#runs = new Map([...known, ...page.runs.map((run) => [run.id, run] as const)]);
    this.#total = page.total;
  }
}
