import { isAbort, isDeployError } from '../core/deployError.ts';
import { fullName } from '../core/repositoryId.ts';
import type { Instant } from '../core/instant.ts';
import type { Probe } from '../core/gitHub.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import { ConnectionWatch } from './connectionWatch.ts';
import type { DeployStore } from './deployStore.ts';
import type { LiveRunTracker } from './liveRunTracker.ts';
import { Lookout } from './lookout.ts';
import { probeRound, type Look, type Situation } from './pace.ts';
import type { PictureReader } from './pictureReader.ts';
import type { Attention, Refresher } from './repositorySession.ts';
import type { RequestMeter } from './requestMeter.ts';
import type { RunFilter } from './repositoryState.ts';
import type { RunLister } from './runLister.ts';
import type { SessionPorts } from './sessionPorts.ts';
import { isHeld } from './trackedList.ts';

const probes: readonly Exclude<Probe, 'runs'>[] = ['deployments', 'releases', 'environments', 'repository'];
/** A look that is younger than this is fresh enough when the window is looked at again. */
const freshMs = 15_000;
/** Older than this, everything is asked whether it changed. */
const oldMs = 5 * 60_000;
/** GitHub's records follow a run's end with some delay. */
const settleMs = 6_000;
const mostSettling = 4;
/** A run that has waited this long may wait for hours. */
const heldMs = 5 * 60_000;
/** Ends of others' runs within this time share one reading of the picture. */
const gatherMs = 30_000;

/** The parts that a refresher moves. */
export interface RefresherParts {
  readonly reader: PictureReader;
  readonly lister: RunLister;
  readonly tracker: LiveRunTracker;
  readonly meter: RequestMeter;
}

/** Keeps the store true: takes the looks that `pace.ts` decides, and what the user asks for in between. */
export class LiveRefresher implements Refresher {
  readonly #ports: SessionPorts;
  readonly #store: DeployStore;
  readonly #parts: RefresherParts;
  readonly #connection: ConnectionWatch;
  readonly #lookout: Lookout;
  readonly #ending = new AbortController();
  readonly #lastAt: Partial<Record<Look, Instant>> = {};
  #attention: Attention = { focused: false, visible: false };
  #probeTurn = 0;
  #isPrimed = false;
  #pictureDueAt: Instant | undefined;
  #settling = 0;
  #jitter = 0;
  #refreshing: Promise<void> | undefined;
  #loading: Promise<void> | undefined;

  constructor(ports: SessionPorts, store: DeployStore, parts: RefresherParts) {
    this.#ports = ports;
    this.#store = store;
    this.#parts = parts;
    this.#connection = new ConnectionWatch(store, ports.github, ports.clock);
    this.#lookout = new Lookout(ports.clock, () => this.#situation(), (look) => this.#take(look));
  }

  start(): void {
    void this.#load();
  }

  /** Something is to be followed or found: the next look may have to come sooner. */
  wake(): void {
    this.#lookout.wake();
  }

  setAttention(attention: Attention): void {
    const before = this.#attention;
    this.#attention = attention;
    const isBack = attention.focused && (!before.focused || (attention.visible && !before.visible));
    if (isBack && this.#store.state.facts && this.#ports.settings().backgroundRefresh) this.#catchUp();
    this.#lookout.wake();
  }

  refresh(signal?: AbortSignal): Promise<void> {
    this.#refreshing ??= this.#guarded('whole', () => (this.#store.state.facts ? this.#readChanges(signal) : this.#readAll(signal))).finally(() => {
      this.#refreshing = undefined;
      this.#lookout.wake();
    });
    return this.#refreshing;
  }

  redraw(): void {
    if (this.#store.state.facts) this.#parts.reader.redraw();
    this.#lookout.wake();
  }

  setRunFilter(filter: RunFilter): Promise<void> {
    return this.#guarded('detail', () => this.#parts.lister.setFilter(filter));
  }

  loadMoreRuns(): Promise<void> {
    return this.#guarded('detail', () => this.#parts.lister.readMore());
  }

  loadMoreReleases(): Promise<void> {
    return this.#guarded('detail', () => this.#parts.reader.readMoreReleases(this.#ending.signal));
  }

  loadJobs(runId: number): Promise<void> {
    const { github, repository } = this.#ports;
    return this.#guarded('detail', async () => {
      this.#parts.meter.note();
      const jobs = await github.jobs(repository, runId, undefined, this.#ending.signal);
      this.#store.update((state) => (state.jobs.get(runId) === jobs ? state : { ...state, jobs: new Map([...state.jobs, [runId, jobs]]) }));
    });
  }

  loadHistory(environment: string): Promise<void> {
    return this.#guarded('detail', () => this.#parts.reader.readTitles(environment, this.#ending.signal));
  }

  loadMoreHistory(environment: string): Promise<void> {
    return this.#guarded('detail', () => this.#parts.reader.readOlder(environment, this.#ending.signal));
  }

  async loadHolds(signal: AbortSignal = this.#ending.signal): Promise<void> {
    let failure: unknown;
    await this.#guarded('detail', async () => {
      try {
        await this.#parts.reader.readHolds(signal);
      } catch (error) {
        failure = error;
        throw error;
      }
    });
    // Whoever asks is about to deploy: an old answer is none.
    if (failure !== undefined) throw failure;
  }

  loadVersions(): Promise<void> {
    return this.#guarded('detail', () => this.#parts.reader.readVersions(this.#ending.signal));
  }

  dispose(): void {
    this.#ending.abort();
    this.#lookout.dispose();
  }

  /** The first picture; several callers share one reading. */
  #load(): Promise<void> {
    this.#loading ??= this.#guarded('whole', () => this.#readAll()).finally(() => {
      this.#loading = undefined;
      this.#lookout.wake();
    });
    return this.#loading;
  }

  /** Takes a look and never rejects: what failed is said in the store. */
  async #take(look: Look): Promise<void> {
    if (this.#loading || this.#refreshing) {
      await (this.#loading ?? this.#refreshing);
      return;
    }
    this.#jitter = this.#ports.random();
    await this.#guarded(look === 'picture' ? 'whole' : 'part', () => (look === 'prime' ? this.#prime() : this.#parts.meter.during(() => this.#perform(look))), look);
  }

  #perform(look: Look): Promise<void> {
    switch (look) {
      case 'picture':
        return this.#store.state.facts ? this.#readPicture() : this.#readAll();
      case 'observe':
        return this.#observe();
      case 'search':
        return this.#parts.tracker.search(this.#ending.signal);
      case 'runs':
        return this.#readRuns();
      case 'prime':
        return this.#prime();
      case 'probe':
        return this.#probe();
    }
  }

  async #readAll(signal: AbortSignal = this.#ending.signal): Promise<void> {
    const { reader, lister, tracker } = this.#parts;
    this.#pictureDueAt = undefined;
    const [, , runs] = await Promise.all([reader.readOverview(signal), reader.readWorkflows(signal), lister.readNewest(signal)]);
    this.#mark('picture', 'runs');
    if (runs) tracker.learn(runs, (run) => reader.isDeploy(run));
    await this.#complete(signal);
    this.#settle();
  }

  /** Asks everything whether it changed and reads only that. */
  async #readChanges(signal: AbortSignal = this.#ending.signal): Promise<void> {
    const { reader } = this.#parts;
    const [changed] = await Promise.all([this.#changed(probes, signal), this.#readRuns(signal), reader.readWorkflows(signal)]);
    if (changed || this.#pictureDueAt !== undefined) await this.#readPicture(signal);
    else await reader.readSites(signal);
  }

  /** The overview and what follows from it. */
  async #readPicture(signal: AbortSignal = this.#ending.signal): Promise<void> {
    const { reader } = this.#parts;
    this.#pictureDueAt = undefined;
    await reader.readOverview(signal);
    this.#mark('picture');
    await this.#complete(signal);
    this.#settle();
  }

  /** Reads what the overview leaves open. Where only a site tells what is live, that in turn may need a comparison. */
  async #complete(signal: AbortSignal): Promise<void> {
    const { reader } = this.#parts;
    await Promise.all([reader.fillNeeds(signal), reader.readSites(signal)]);
    if (this.#store.state.environments.some(({ live }) => typeof live === 'object' && live.deploymentId === undefined)) await reader.fillNeeds(signal);
  }

  async #readRuns(signal: AbortSignal = this.#ending.signal): Promise<void> {
    const { reader, lister, tracker } = this.#parts;
    const known = reader.knowledge.runs;
    const runs = await lister.readNewest(signal);
    this.#mark('runs');
    if (!runs) return;
    tracker.learn(runs, (run) => reader.isDeploy(run));
    await this.#readOpenedJobs(runs, known);
    if (runs.some((run) => reader.changesRows(run) && hasMoved(known.get(run.id), run))) this.#pictureSoon(false);
  }

  async #observe(): Promise<void> {
    const { tracker } = this.#parts;
    const ended = await tracker.observe(this.#ending.signal);
    this.#mark('observe');
    const followed = this.#store.state.tracked.flatMap((run) => ('seen' in run && run.seen.run ? [run.seen.run] : []));
    this.#parts.reader.learnRuns(followed);
    this.#parts.lister.publish();
    if (ended.length === 0) return;
    this.#settling = 0;
    this.#pictureSoon(tracker.isOwn(ended));
  }

  /** Deployments follow their runs; while others are still live, several changes close together are read once. */
  #pictureSoon(isUrgent: boolean): void {
    const gather = isUrgent || this.#parts.tracker.followed === 'none' ? 0 : gatherMs;
    this.#pictureDueAt = Math.max(this.#ports.clock.now(), (this.#lastAt.picture ?? 0) + gather);
  }

  async #probe(): Promise<void> {
    const probe = probeRound[this.#probeTurn++ % probeRound.length] ?? 'runs';
    this.#mark('probe');
    if (probe === 'runs') await this.#readRuns();
    else if (await this.#changed([probe], this.#ending.signal)) await this.#readPicture();
  }

  /** Asks each probe once so that later ones can be answered by "not modified". */
  async #prime(): Promise<void> {
    this.#isPrimed = true;
    await this.#changed(probes, this.#ending.signal);
  }

  async #changed(asked: readonly Probe[], signal: AbortSignal): Promise<boolean> {
    const { github, repository } = this.#ports;
    const answers = await Promise.all(
      asked.map((probe) => {
        this.#parts.meter.note();
        return github.hasChanged(repository, probe, signal).catch((error: unknown) => {
          // Some tokens may not list one of them; the others still speak.
          if (isDeployError(error) && (error.kind === 'forbidden' || error.kind === 'notFound')) return false;
          throw error;
        });
      }),
    );
    this.#isPrimed ||= asked.length === probes.length;
    return answers.includes(true);
  }

  /** Jobs that somebody opened are read again when their run moved and is not followed anyway. */
  async #readOpenedJobs(runs: readonly WorkflowRun[], known: ReadonlyMap<number, WorkflowRun>): Promise<void> {
    const { jobs, tracked } = this.#store.state;
    const followed = new Set(tracked.flatMap((run) => ('seen' in run ? [run.seen.runId] : [])));
    const moved = runs.filter((run) => jobs.has(run.id) && !followed.has(run.id) && hasMoved(known.get(run.id), run));
    await Promise.all(moved.slice(0, 3).map((run) => this.loadJobs(run.id)));
  }

  /** Looks again soon while a run has ended whose deployment record does not say so yet. */
  #settle(): void {
    const open = new Set(
      this.#store.state.environments.flatMap(({ history }) =>
        history.flatMap(({ runId, state }) => (runId !== undefined && (state === 'unknown' || state === 'inProgress' || state === 'waiting') ? [runId] : [])),
      ),
    );
    const isBehind = this.#store.state.tracked.some((run) => run.phase === 'completed' && run.conclusion === 'success' && open.has(run.seen.runId));
    if (!isBehind || this.#settling >= mostSettling) return;
    this.#settling++;
    this.#pictureDueAt = this.#ports.clock.now() + settleMs * this.#settling;
  }

  #catchUp(): void {
    const age = (look: Look) => this.#ports.clock.now() - (this.#lastAt[look] ?? 0);
    if (age('picture') > oldMs && age('probe') > oldMs) void this.refresh();
    else if (age('runs') > freshMs && !this.#refreshing && !this.#loading) {
      this.#mark('runs');
      void this.#guarded('part', () => this.#readRuns());
    }
  }

  /** Does something that asks GitHub, and says in the store what came of it. That a detail is not to be had says nothing about the rest. */
  async #guarded(scope: 'whole' | 'part' | 'detail', act: () => Promise<void>, look?: Look): Promise<void> {
    try {
      await act();
      if (!this.#ending.signal.aborted && this.#connection.succeeded() && scope !== 'whole') void this.#afterFailure();
    } catch (error) {
      if (look) this.#mark(look);
      if (isAbort(error) || this.#ending.signal.aborted) return;
      const { log, repository } = this.#ports;
      if (isDeployError(error)) log.warn(`${fullName(repository)} could not be read: ${error.kind}.`);
      else log.error(`${fullName(repository)} could not be read.`, error);
      if (scope !== 'detail' || !isDeployError(error) || (error.kind !== 'notFound' && error.kind !== 'forbidden')) this.#connection.failed(error);
    } finally {
      this.#lookout.wake();
    }
  }

  /** GitHub answers again: what changed meanwhile is read at once. */
  #afterFailure(): Promise<void> {
    return this.#store.state.facts ? this.refresh() : Promise.resolve();
  }

  #mark(...looks: readonly Look[]): void {
    for (const look of looks) this.#lastAt[look] = this.#ports.clock.now();
  }

  #situation(): Situation {
    const { github, clock, settings } = this.#ports;
    const { core, graphql, blockedUntil } = github.budget;
    const now = clock.now();
    const isLow = (one: typeof core) => one !== undefined && one.remaining < one.limit / 20 && one.resetAt > github.serverNow();
    return {
      attention: this.#attention,
      backgroundRefresh: settings().backgroundRefresh,
      isLoaded: this.#store.state.facts !== undefined,
      isPrimed: this.#isPrimed,
      followed: this.#parts.tracker.followed,
      isHeld: isHeld(this.#store.state.tracked, heldMs, github.serverNow()),
      lastAt: this.#lastAt,
      searchAt: this.#parts.tracker.searchAt,
      pictureDueAt: this.#pictureDueAt,
      recent: this.#parts.meter.recent,
      failures: this.#connection.failures,
      jitter: this.#jitter,
      blockedUntil: blockedUntil === undefined ? undefined : now + (blockedUntil - github.serverNow()),
      isScarce: isLow(core) || isLow(graphql),
    };
  }
}

function hasMoved(before: WorkflowRun | undefined, run: WorkflowRun): boolean {
  return !before || before.attempt !== run.attempt || before.status !== run.status || before.conclusion !== run.conclusion;
}
