import type { RunPage } from '../core/gitHub.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { Instant } from '../core/instant.ts';
import { runEnvironment } from '../core/runEnvironment.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import type { DeployStore } from './deployStore.ts';
import { later } from './knowledge.ts';
import type { PictureReader } from './pictureReader.ts';
import type { RepositoryState, RunFilter } from './repositoryState.ts';
import type { RequestMeter } from './requestMeter.ts';
import { runContext } from './runContext.ts';
import { RunPages } from './runPages.ts';
import { isUnfiltered, runQueries, runsPerPage } from './runQueries.ts';
import type { SessionPorts } from './sessionPorts.ts';

/** Keeps the list of runs: the newest page, always, and what the user's filter and "load more" ask for. */
export class RunLister {
  readonly #ports: SessionPorts;
  readonly #store: DeployStore;
  readonly #reader: PictureReader;
  readonly #meter: RequestMeter;
  readonly #newest: RunPages;
  #filter: RunFilter = {};
  /** One for each query that the filter takes; without a filter the newest runs themselves. */
  #shown: readonly RunPages[];

  constructor(ports: SessionPorts, store: DeployStore, reader: PictureReader, meter: RequestMeter) {
    this.#ports = ports;
    this.#store = store;
    this.#reader = reader;
    this.#meter = meter;
    this.#newest = new RunPages({ page: 1, perPage: runsPerPage });
    this.#shown = [this.#newest];
  }

  /** Reads the newest runs, and the filtered ones where there is a filter; answers with the newest when they changed. */
  async readNewest(signal?: AbortSignal): Promise<readonly WorkflowRun[] | undefined> {
    const page = await this.#readPage(this.#newest, 1, signal);
    const isNew = this.#newest.takeFirst(page);
    if (isNew) this.#reader.learnRuns(page.runs);
    for (const pages of this.#shown) if (pages !== this.#newest) this.#learn(pages, await this.#readPage(pages, 1, signal));
    this.publish();
    return isNew ? page.runs : undefined;
  }

  async setFilter(filter: RunFilter): Promise<void> {
    const { environments, facts } = this.#store.state;
    this.#filter = filter;
    const shown = isUnfiltered(filter) ? [this.#newest] : runQueries(filter, environments, facts?.viewer).map((query) => new RunPages(query));
    this.#shown = shown;
    const unread = shown.filter((pages) => !pages.isRead);
    this.publish(unread.length > 0);
    try {
      await Promise.all(unread.map(async (pages) => this.#learn(pages, await this.#readPage(pages, 1))));
    } finally {
      if (this.#shown === shown) this.publish();
    }
  }

  async readMore(): Promise<void> {
    const shown = this.#shown;
    this.publish(true);
    try {
      await Promise.all(
        shown.map(async (pages) => {
          if (!pages.hasMore) return;
          const page = await this.#readPage(pages, pages.nextPage);
          pages.takeNext(page);
          this.#reader.learnRuns(page.runs);
        }),
      );
    } finally {
      if (this.#shown === shown) this.publish();
    }
  }

  /** Puts the list into the store, each run as last seen. */
  publish(loadingMore = false): void {
    if (!this.#newest.isRead) return;
    const known = this.#reader.knowledge.runs;
    const found = new Map<number, WorkflowRun>();
    for (const pages of this.#shown) for (const run of pages.runs) found.set(run.id, later(run, known.get(run.id) ?? run));
    const filter = this.#filter;
    this.#store.update((state) => {
      if (isUnfiltered(filter)) for (const run of followedSince(oldest(found.values()), state)) if (!found.has(run.id)) found.set(run.id, run);
      const runs = [...found.values()].filter(isAbout(filter.environment, state)).sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
      const list = {
        filter,
        runs,
        total: filter.environment === undefined ? this.#shown.reduce((sum, pages) => sum + pages.total, 0) : runs.length,
        hasMore: this.#shown.some((pages) => pages.hasMore),
        loadingMore,
      };
      const shown = state.runs;
      const isSame =
        shown?.filter === filter && shown.total === list.total && shown.hasMore === list.hasMore && shown.loadingMore === loadingMore &&
        shown.runs.length === runs.length && shown.runs.every((run, index) => run === runs[index]);
      return isSame ? state : { ...state, runs: list };
    });
  }

  #learn(pages: RunPages, page: RunPage): void {
    if (pages.takeFirst(page)) this.#reader.learnRuns(page.runs);
  }

  #readPage(pages: RunPages, page: number, signal?: AbortSignal): Promise<RunPage> {
    this.#meter.note();
    return this.#ports.github.runs(this.#ports.repository, { ...pages.query, page }, signal);
  }
}

function isAbout(environment: string | undefined, state: RepositoryState): (run: WorkflowRun) => boolean {
  if (environment === undefined) return () => true;
  const context = runContext(state);
  return (run) => {
    const about = runEnvironment(run, context);
    return about !== undefined && sameEnvironment(about, environment);
  };
}

/** Followed runs are seen before the list is read again; they belong in it from the first sight. */
function followedSince(since: Instant, { tracked }: RepositoryState): readonly WorkflowRun[] {
  return tracked.flatMap((one) => ('seen' in one && one.seen.run && one.seen.run.createdAt >= since ? [one.seen.run] : []));
}

function oldest(runs: Iterable<WorkflowRun>): Instant {
  return Math.min(...Array.from(runs, ({ createdAt }) => createdAt), Infinity);
}
