import type { Clock } from '../core/clock.ts';
import type { Failure, Outcome } from './failure.ts';
import { unconfirmed } from './errors.ts';

/** Slack's pace for one channel: about one message a second (docs.slack.dev, rate limits). */
const SPACING_MS = 1000;
/** Pauses between tries that cannot post twice; after them the caller is told. */
const PAUSES_MS = [2000, 5000, 15_000, 30_000];
/** A longer wait than this is the caller's business. */
const LONGEST_WAIT_MS = 120_000;

interface Letter {
  /** The message that is edited; `undefined` for a post. */
  readonly edits: string | undefined;
  /** Always the newest state of an edited message. */
  send: () => Promise<Outcome<unknown>>;
  isUnderWay: boolean;
  readonly waiters: { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }[];
}

interface Lane {
  readonly letters: Letter[];
  freeAt: number;
  isRunning: boolean;
}

/**
 * What goes to Slack, one thing at a time per channel and at least a second apart. Edits of one message that wait are merged to
 * the newest. A try is repeated only where it cannot post twice: a post after a rate limit or when it never left this machine,
 * an edit also when its fate is unknown.
 */
export class Outbox {
  readonly #clock: Clock;
  readonly #lanes = new Map<string, Lane>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Sends a message; rejects with `slackUnconfirmed` when nobody knows whether it was posted. */
  post<T>(channel: string, send: () => Promise<Outcome<T>>): Promise<T> {
    return this.#enqueue(channel, undefined, send);
  }

  /** Brings a message to its newest state; resolves once that state, or a newer one, is in Slack. */
  async edit(channel: string, message: string, send: () => Promise<Outcome<void>>): Promise<void> {
    await this.#enqueue(channel, message, send);
  }

  #enqueue<T>(channel: string, edits: string | undefined, send: () => Promise<Outcome<T>>): Promise<T> {
    const lane = this.#lane(channel);
    const waiting = edits === undefined ? undefined : lane.letters.find((each) => each.edits === edits && !each.isUnderWay);
    if (waiting) waiting.send = send;
    const letter: Letter = waiting ?? { edits, send, isUnderWay: false, waiters: [] };
    if (!waiting) lane.letters.push(letter);
    const answer = new Promise<T>((resolve, reject) => {
      // A post has one waiter, who gets what its own `send` gave; edits give nothing.
      letter.waiters.push({ resolve: (value) => resolve(value as T), reject });
    });
    if (!lane.isRunning) void this.#run(lane);
    return answer;
  }

  #lane(channel: string): Lane {
    const known = this.#lanes.get(channel);
    if (known) return known;
    const lane: Lane = { letters: [], freeAt: 0, isRunning: false };
    this.#lanes.set(channel, lane);
    return lane;
  }

  async #run(lane: Lane): Promise<void> {
    lane.isRunning = true;
    for (let letter = lane.letters[0]; letter; letter = lane.letters[0]) {
      await this.#deliver(lane, letter);
      lane.letters.shift();
    }
    lane.isRunning = false;
  }

  async #deliver(lane: Lane, letter: Letter): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      await this.#wait(lane.freeAt - this.#clock.now());
      letter.isUnderWay = true;
      lane.freeAt = this.#clock.now() + SPACING_MS;
      let outcome: Outcome<unknown>;
      try {
        outcome = await letter.send();
      } catch (error) {
        for (const { reject } of letter.waiters) reject(error);
        return;
      }
      if (outcome.ok) {
        for (const { resolve } of letter.waiters) resolve(outcome.value);
        return;
      }
      const { failure } = outcome;
      const pauseMs = pauseAfter(failure, letter.edits !== undefined, attempt);
      if (pauseMs === undefined) {
        const error = failure.fate === 'unknown' && letter.edits === undefined ? unconfirmed(failure.code) : failure.error;
        for (const { reject } of letter.waiters) reject(error);
        return;
      }
      letter.isUnderWay = false;
      lane.freeAt = Math.max(lane.freeAt, this.#clock.now() + pauseMs);
    }
  }

  #wait(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void this.#clock.after(ms, resolve));
  }
}

/** How long to wait before trying again; `undefined`: do not. */
function pauseAfter(failure: Failure, isEdit: boolean, attempt: number): number | undefined {
  const pause = PAUSES_MS[attempt];
  switch (failure.fate) {
    case 'refused':
      return undefined;
    case 'rateLimited':
      return pause === undefined || failure.afterMs > LONGEST_WAIT_MS ? undefined : failure.afterMs;
    case 'notSent':
      return pause;
    case 'unknown':
      return isEdit ? pause : undefined;
  }
}
