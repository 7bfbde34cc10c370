import { DeployError, isDeployError } from '../core/deployError.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import type { DispatchAnswer } from '../core/gitHub.ts';
import type { Instant } from '../core/instant.ts';
import { isLive, transition } from '../core/transition.ts';
import type { RunSignal, TrackedRun } from '../core/trackedRun.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import type { DeployStore } from './deployStore.ts';
import { DispatchSearch } from './dispatchSearch.ts';
import { eachInFlight } from './inFlight.ts';
import { couldBe } from './findDispatched.ts';
import type { RequestMeter } from './requestMeter.ts';
import { rerunRequest } from './rerunRequest.ts';
import type { RunTracker } from './repositorySession.ts';
import type { SessionPorts } from './sessionPorts.ts';
import type { TrackedJournal } from './trackedJournal.ts';
import { followedIn, withSignal, withTracked } from './trackedList.ts';

/** A run that was asked to run again, until GitHub shows the new attempt. */
interface AwaitedRerun {
  readonly attempt: number;
  readonly request: DeployRequest | undefined;
  readonly until: Instant;
}

const mostInFlight = 6;
const mostOthers = 10;
/** A fresh run's own address may answer 404 for a while, and a batch may leave a run out. */
const graceMs = 60_000;

/** Follows runs through the store: sends dispatches once, looks at all live runs together, and finds them again after a reload. */
export class LiveRunTracker implements RunTracker {
  readonly #ports: SessionPorts;
  readonly #store: DeployStore;
  readonly #journal: TrackedJournal;
  readonly #meter: RequestMeter;
  readonly #search: DispatchSearch;
  readonly #wake: () => void;
  readonly #missingSince = new Map<number, Instant>();
  readonly #reruns = new Map<number, AwaitedRerun>();
  #writing: Promise<void> = Promise.resolve();
  #isDisposed = false;

  /** `wake` is called whenever there is something new to look at. */
  constructor(ports: SessionPorts, store: DeployStore, journal: TrackedJournal, meter: RequestMeter, wake: () => void) {
    this.#ports = ports;
    this.#store = store;
    this.#journal = journal;
    this.#meter = meter;
    this.#wake = wake;
    this.#search = new DispatchSearch(ports, store, meter);
  }

  /** Whose live runs are followed; a re-run that GitHub does not show yet counts as ours. */
  get followed(): 'own' | 'others' | 'none' {
    return this.#reruns.size > 0 ? 'own' : followedIn(this.#store.state.tracked);
  }

  /** This machine's time at which to look for a run again whose dispatch was not answered. */
  get searchAt(): Instant | undefined {
    return this.#search.nextAt;
  }

  async restore(): Promise<void> {
    const { github } = this.#ports;
    for (const run of this.#journal.read(github.serverNow())) {
      this.#store.update((state) => withTracked(state, run, github.serverNow()));
    }
    this.#wake();
    await this.#save();
  }

  async dispatch(request: DeployRequest, signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    const { github, repository, clock } = this.#ports;
    const key = request.correlationId;
    this.#store.update((state) => withTracked(state, { key, request, phase: 'dispatching' }, github.serverNow()));
    // The intent is on disk before anything is sent, and from here on nothing can be called off: a dispatch is sent once.
    await this.#save();
    const sentAt = github.serverNow();
    this.#meter.note();
    try {
      const answer = await github.dispatch(repository, { workflow: request.workflow, ref: request.ref, inputs: request.inputs });
      this.#hear(key, { type: 'answered', answer });
    } catch (error) {
      if (isDeployError(error)) this.#hear(key, { type: 'refused', error });
      else {
        this.#ports.log.error('A dispatch ended in an unexpected error; its run is looked for.', error);
        const answer: DispatchAnswer = { kind: 'unconfirmed', sentAt, reason: 'The answer could not be understood.' };
        this.#hear(key, { type: 'answered', answer });
      }
    }
    this.#search.begin(clock.now());
    await this.#save();
    this.#wake();
    return key;
  }

  follow(run: WorkflowRun): void {
    if (this.#followed(run.id)) this.learn([run]);
    else this.#adopt(run, undefined);
    this.#wake();
  }

  /** Takes in runs read elsewhere: moves what is followed, finds what was not found, and follows live deploys of others. */
  learn(runs: readonly WorkflowRun[], isDeploy: (run: WorkflowRun) => boolean = () => false): void {
    for (const run of runs) {
      this.#learnRerun(run);
      const followed = this.#followed(run.id);
      if (followed && !mustBeLookedAt(followed, run)) this.#hear(followed.key, { type: 'observed', run });
    }
    this.#search.match(runs);
    const others = runs.filter((run) => run.status !== 'completed' && isDeploy(run) && !this.#followed(run.id) && !this.#mayBeOurs(run));
    for (const run of others.slice(0, mostOthers)) this.follow(run);
    this.#saveSoon();
  }

  /** One look at every live run. Answers with the runs that ended by it. */
  async observe(signal?: AbortSignal): Promise<readonly number[]> {
    const { github, repository } = this.#ports;
    const live = this.#store.state.tracked.filter(isLive);
    await this.#readUnseen(live.flatMap(({ seen }) => (seen.run ? [] : [seen.runId])), signal);
    const seen = this.#store.state.tracked.filter(isLive).flatMap(({ seen: one }) => (one.run ? [{ id: one.runId, nodeId: one.run.nodeId }] : []));
    if (seen.length > 0) {
      this.#meter.note();
      const looks = await github.observe(repository, seen, signal);
      const found = new Map(looks.map((look) => [look.runId, look]));
      this.#store.update((before) =>
        seen.reduce((state, { id }) => {
          const look = found.get(id);
          const followed = state.tracked.find((one) => 'seen' in one && one.seen.runId === id);
          return look && followed ? withSignal(state, followed.key, { type: 'looked', observation: look }) : state;
        }, before),
      );
      for (const { id } of seen) this.#missed(id, found.has(id));
    }
    await this.#save();
    const ended = new Set(live.map((run) => run.seen.runId));
    return this.#store.state.tracked.flatMap((run) => (run.phase === 'completed' && ended.has(run.seen.runId) ? [run.seen.runId] : []));
  }

  /** True when one of these runs is our own dispatch. */
  isOwn(runIds: readonly number[]): boolean {
    return runIds.some((id) => this.#followed(id)?.request !== undefined);
  }

  /** Looks for the runs of dispatches that GitHub did not name. */
  async search(signal?: AbortSignal): Promise<void> {
    await this.#search.look(signal);
    await this.#save();
  }

  async cancel(key: string): Promise<void> {
    const run = this.#store.state.tracked.find((one) => one.key === key);
    if (!run || !isLive(run)) throw new DeployError('notAvailable', 'This run is not under way any more, so there is nothing to cancel.');
    this.#hear(key, { type: 'cancelRequested' });
    this.#meter.note();
    try {
      await this.#ports.github.cancel(this.#ports.repository, run.seen.runId);
    } catch (error) {
      this.#hear(key, { type: 'cancelRefused' });
      throw error;
    } finally {
      this.#wake();
      this.#saveSoon();
    }
  }

  async rerun(runId: number, failedOnly: boolean): Promise<void> {
    const { github, repository, newId } = this.#ports;
    this.#meter.note();
    const run = await github.run(repository, runId);
    this.learn([run]);
    this.#meter.note();
    await github.rerun(repository, runId, failedOnly);
    const now = github.serverNow();
    const request = rerunRequest(run, this.requestOf(runId), this.#store.state, now, newId());
    this.#reruns.set(runId, { attempt: run.attempt + 1, request, until: now + graceMs });
    this.#wake();
  }

  requestOf(runId: number): DeployRequest | undefined {
    return this.#journal.shippedWith(this.#store.state.tracked).get(runId);
  }

  dismiss(key: string): void {
    this.#store.update((state) => {
      const tracked = state.tracked.filter((run) => run.key !== key || isLive(run) || run.phase === 'dispatching');
      return tracked.length === state.tracked.length ? state : { ...state, tracked };
    });
    this.#saveSoon();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#reruns.clear();
  }

  /** Runs known by their id only, and re-runs whose new attempt is not shown yet. */
  async #readUnseen(ids: readonly number[], signal?: AbortSignal): Promise<void> {
    const { github, repository } = this.#ports;
    await eachInFlight([...new Set([...ids, ...this.#reruns.keys()])], mostInFlight, async (id) => {
      this.#meter.note();
      try {
        const run = await github.run(repository, id, signal);
        this.#missed(id, true);
        this.learn([run]);
      } catch (error) {
        if (!isDeployError(error) || error.kind !== 'notFound') throw error;
        this.#missed(id, false);
      }
    });
    const now = github.serverNow();
    for (const [id, { until }] of this.#reruns) if (now > until) this.#reruns.delete(id);
  }

  #adopt(run: WorkflowRun, request: DeployRequest | undefined): void {
    const key = `run:${run.id}`;
    const adopted = transition({ key, request, phase: 'accepted', since: run.createdAt }, { type: 'observed', run });
    this.#store.update((state) => withTracked(state, adopted, this.#ports.github.serverNow()));
  }

  /** The attempt that somebody here asked for has come: it is ours, whoever started the run. */
  #learnRerun(run: WorkflowRun): void {
    const awaited = this.#reruns.get(run.id);
    if (!awaited || run.attempt < awaited.attempt) return;
    this.#reruns.delete(run.id);
    const { request } = awaited;
    const followed = this.#followed(run.id);
    if (!followed) this.#adopt(run, request);
    else if (request) {
      this.#store.update((state) => {
        const tracked = state.tracked.map((one) => (one === followed ? { ...one, request } : one));
        return withSignal({ ...state, tracked }, followed.key, { type: 'observed', run });
      });
    }
  }

  /** A run that stays away for a minute is lost: we say so, and a later sighting revives it. */
  #missed(runId: number, isThere: boolean): void {
    if (isThere) {
      this.#missingSince.delete(runId);
      return;
    }
    const now = this.#ports.github.serverNow();
    const since = this.#missingSince.get(runId) ?? now;
    this.#missingSince.set(runId, since);
    if (now - since < graceMs) return;
    this.#missingSince.delete(runId);
    for (const one of this.#store.state.tracked) {
      if (isLive(one) && one.seen.runId === runId) this.#hear(one.key, { type: 'lostSight', reason: 'GitHub does not show the run any more.' });
    }
  }

  #followed(runId: number): TrackedRun | undefined {
    return this.#store.state.tracked.find((one) => 'seen' in one && one.seen.runId === runId);
  }

  /** While a dispatch of ours is on its way, a run that could be its is not taken for somebody else's. */
  #mayBeOurs(run: WorkflowRun): boolean {
    return this.#store.state.tracked.some((one) => {
      if (!one.request || 'seen' in one || one.phase === 'rejected') return false;
      return couldBe(run, one.request, 'since' in one ? one.since : one.request.requestedAt);
    });
  }

  #hear(key: string, signal: RunSignal): void {
    if (!this.#isDisposed) this.#store.update((state) => withSignal(state, key, signal));
  }

  #saveSoon(): void {
    void this.#save();
  }

  /** Writes one after the other, each the newest state; a failing disk is logged and never stops a deploy. */
  #save(): Promise<void> {
    this.#writing = this.#writing
      .then(() => this.#journal.write(this.#store.state.tracked))
      .catch((error: unknown) => this.#ports.log.error('What is followed could not be written down.', error));
    return this.#writing;
  }
}

/** A list says that a followed run began to wait, but not for whom: the next look at live runs tells both at once. */
function mustBeLookedAt(followed: TrackedRun, run: WorkflowRun): boolean {
  return run.status === 'waiting' && isLive(followed) && followed.phase !== 'waiting' && followed.seen.run?.attempt === run.attempt;
}
