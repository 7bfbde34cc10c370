import type { Clock, Disposable } from '../core/clock.ts';
import { DeployError, isDeployError } from '../core/deployError.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import { isDryRun } from '../core/dryRun.ts';
import type { Instant } from '../core/instant.ts';
import type { Log } from '../core/log.ts';
import type { Settings } from '../core/settings.ts';
import type { Slack } from '../core/slack.ts';
import type { Storage } from '../core/storage.ts';
import type { TrackedRun } from '../core/trackedRun.ts';
import { announce, liveLabel } from './announcement.ts';
import { cancelledDeploy } from './cancelledDeploy.ts';
import type { DeployStore } from './deployStore.ts';
import type { RepositoryState } from './repositoryState.ts';
import { MESSAGE, SlackDelivery } from './slackDelivery.ts';
import { SlackJournal } from './slackJournal.ts';
import { tell } from './slackNews.ts';
import { slackRules } from './slackRules.ts';

export interface NotifierOptions {
  readonly store: DeployStore;
  /** Slack as it is connected now, loaded on first need; `undefined` when it is not. */
  readonly slack: () => Promise<Slack | undefined>;
  readonly settings: () => Settings;
  readonly storage: Storage;
  readonly clock: Clock;
  /** The server's time, against which the end of a run is late or not. */
  readonly serverNow?: () => Instant;
  readonly log: Log;
  /** Told once per deploy and kind of trouble; the deploy itself is not concerned. */
  readonly onProblem: (error: DeployError, request: DeployRequest) => void;
}

/** An end that is told later than this was missed when it happened. */
const LATE_MS = 120_000;
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 600_000;

/**
 * Tells Slack of the deploys that a person started, ran again or cancelled here: with a bot token one message edited to its end and replies for what
 * needs somebody, with a webhook the start and the end, each at most once. Slack's troubles never reach the deploy.
 */
export class Notifier implements Disposable {
  readonly #options: NotifierOptions;
  readonly #journal: SlackJournal;
  readonly #delivery: SlackDelivery;
  readonly #subscription: Disposable;
  /** Deploys that a person asked for or cancelled in this window. */
  readonly #own = new Set<string>();
  /** Who asked here to cancel a deploy; `undefined` when GitHub refused. */
  readonly #cancelledBy = new Map<string, string | undefined>();
  /** Deploys of others that were cancelled here, by the run's key. */
  readonly #cancelledForOthers = new Map<string, DeployRequest>();
  readonly #newest = new Map<string, TrackedRun>();
  readonly #told = new Map<string, TrackedRun>();
  readonly #telling = new Set<string>();
  readonly #complained = new Set<string>();
  readonly #retries = new Map<string, { readonly count: number; readonly timer: Disposable }>();
  #isDisposed = false;

  constructor(options: NotifierOptions) {
    const { store, storage, clock } = options;
    this.#options = options;
    this.#journal = new SlackJournal(storage);
    this.#delivery = new SlackDelivery(this.#journal, clock, (error, request) => this.#complain(error, request));
    this.#subscription = store.onDidChange(({ before, after }) => {
      if (after.tracked === before.tracked) return;
      const earlier = new Map(before.tracked.map((run) => [run.key, run]));
      for (const run of after.tracked) {
        const old = earlier.get(run.key);
        if (old === run) continue;
        this.#notePerson(run, old, after);
        this.#hear(run);
      }
    });
    const { tracked } = store.state;
    for (const run of tracked) this.#hear(run);
    void this.#finishOldMessages(new Set(tracked.flatMap(({ request }) => request?.correlationId ?? [])));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#subscription.dispose();
    this.#delivery.dispose();
    for (const { timer } of this.#retries.values()) timer.dispose();
    this.#retries.clear();
  }

  /** Notes what a person did here: dispatched, ran again, cancelled. A run that is only picked up again is none of it. */
  #notePerson(run: TrackedRun, old: TrackedRun | undefined, state: RepositoryState): void {
    const { request } = run;
    const isRerun = request?.kind === 'rerun' && old?.request !== request && this.#now() - request.requestedAt < LATE_MS;
    if (request && (run.phase === 'dispatching' || isRerun)) this.#own.add(request.correlationId);
    if (!old || (run.phase === 'cancelling') === (old.phase === 'cancelling') || run.phase === 'completed') return;
    const told = request ?? this.#cancelledForOthers.get(run.key) ?? cancelledDeploy(run, state, this.#now());
    if (!told) return;
    if (!request) {
      this.#cancelledForOthers.set(run.key, told);
      this.#own.add(told.correlationId);
    }
    // Refused by GitHub, it goes on: whoever cancels it later is somebody else.
    this.#cancelledBy.set(told.correlationId, run.phase === 'cancelling' ? (state.facts?.viewer ?? told.actor) : undefined);
  }

  #hear(run: TrackedRun): void {
    const request = run.request ?? this.#cancelledForOthers.get(run.key);
    // Of a deploy that others started only its cancelling here is told.
    if (!request || (!run.request && !(run.phase === 'completed' && run.conclusion === 'cancelled'))) return;
    // A dry run changes nothing, so there is nothing to tell.
    if (isDryRun(request)) return;
    this.#newest.set(request.correlationId, run);
    void this.#tellNewest(request.correlationId, request);
  }

  /** Tells a run's newest state, until there is no newer one; states that passed meanwhile are left out. */
  async #tellNewest(id: string, request: DeployRequest): Promise<void> {
    if (this.#telling.has(id)) return;
    this.#telling.add(id);
    for (let run = this.#newest.get(id); run && run !== this.#told.get(id) && !this.#isDisposed; run = this.#newest.get(id)) {
      this.#told.set(id, run);
      try {
        await this.#tell(run, request);
        this.#retries.get(id)?.timer.dispose();
        this.#retries.delete(id);
      } catch (error) {
        if (isDeployError(error) && (error.kind === 'slackUnreachable' || error.kind === 'slackRateLimited')) this.#tryLater(id, request);
        this.#complain(error, request);
      }
    }
    this.#telling.delete(id);
  }

  async #tell(run: TrackedRun, request: DeployRequest): Promise<void> {
    const { store, clock, log } = this.#options;
    const id = request.correlationId;
    // A deploy that neither started here nor was ever told from here is somebody else's news.
    if (!this.#own.has(id) && !this.#journal.entry(id)) return;
    const slack = await this.#options.slack();
    if (!slack) return;
    const rules = slackRules(this.#options.settings(), request);
    if (slack.canEdit && rules.channel === undefined) {
      log.debug(`Slack: no channel is set for ${request.environment}`);
      return;
    }
    const { cancelledBy, posts } = await this.#journal.open(id, clock.now(), this.#cancelledBy);
    // Picked up again and not looked at yet: the message knows better.
    if (posts[MESSAGE]?.state === 'posted' && !isSeen(run)) return;
    const announcement = announce(run, request, {
      live: liveLabel(store.state, request.environment),
      cancelledBy,
      withSteps: rules.events.has('progress'),
      isLate: run.phase === 'completed' && this.#now() - run.completedAt > LATE_MS,
    });
    if (announcement && 'seen' in run) await tell({ request, announcement, attempt: run.seen.attempt, rules, slack, delivery: this.#delivery });
  }

  #now(): Instant {
    return this.#options.serverNow?.() ?? this.#options.clock.now();
  }

  /** After a restart: messages whose end was known but had not reached Slack. */
  async #finishOldMessages(followed: ReadonlySet<string>): Promise<void> {
    for (const [id, { posts, message }] of this.#journal.entries()) {
      const record = posts[MESSAGE];
      if (followed.has(id) || record?.state !== 'posted' || !record.post || !message || message.isTold || message.announcement.endedAt === undefined) continue;
      try {
        const slack = await this.#options.slack();
        if (!slack?.canEdit || this.#isDisposed) return;
        const announcement = { ...message.announcement, isLate: true };
        await slack.edit(record.post, announcement);
        await this.#journal.change(id, this.#options.clock.now(), (entry) => ({ ...entry, message: { ...message, announcement, isTold: true } }));
      } catch (error) {
        this.#options.log.warn(`Slack: the message of an earlier deploy could not be finished (${isDeployError(error) ? error.kind : String(error)})`);
      }
    }
  }

  #complain(error: unknown, request: DeployRequest): void {
    const { log, onProblem } = this.#options;
    if (isDeployError(error)) log.warn(`Slack: ${error.kind} ${JSON.stringify(error.values)}`);
    else log.error('Slack could not be told of a deploy', error);
    const problem = isDeployError(error) ? error : new DeployError('slackRefused', 'Slack could not be told of the deploy.', { actions: ['showLog'] });
    const key = `${request.correlationId} ${problem.kind}`;
    if (this.#complained.has(key) || this.#isDisposed) return;
    this.#complained.add(key);
    onProblem(problem, request);
  }

  #tryLater(id: string, request: DeployRequest): void {
    const count = this.#retries.get(id)?.count ?? 0;
    this.#retries.get(id)?.timer.dispose();
    if (this.#isDisposed) return;
    const timer = this.#options.clock.after(Math.min(RETRY_MS * 2 ** count, LONGEST_RETRY_MS), () => {
      this.#told.delete(id);
      void this.#tellNewest(id, request);
    });
    this.#retries.set(id, { count: count + 1, timer });
  }
}

function isSeen(run: TrackedRun): boolean {
  return !('seen' in run) || (run.phase !== 'queued' && run.phase !== 'cancelling') || run.seen.run !== undefined || run.seen.jobs.length > 0;
}
