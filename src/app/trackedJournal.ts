import type { DeployRequest } from '../core/deployRequest.ts';
import type { Instant } from '../core/instant.ts';
import { repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import { sameData } from '../core/sameData.ts';
import type { Storage } from '../core/storage.ts';
import type { TrackedRun } from '../core/trackedRun.ts';

/** One followed dispatch as it is written down: enough to follow it again in another window. */
interface Entry {
  readonly key: string;
  readonly request: DeployRequest;
  readonly phase: TrackedRun['phase'];
  readonly since?: Instant;
  readonly runId?: number;
  readonly attempt?: number;
  readonly url?: string;
}

const mostShipped = 100;
const longestUnseenMs = 24 * 60 * 60_000;

/** Writes down what was dispatched, before it is sent, and what came of it: a window that closes forgets nothing. */
export class TrackedJournal {
  readonly #storage: Storage;
  readonly #key: string;
  readonly #shippedKey: string;
  #entries: readonly Entry[] = [];
  #shipped: ReadonlyMap<number, DeployRequest>;

  constructor(storage: Storage, repository: RepositoryId) {
    this.#storage = storage;
    this.#key = `tracked:${repositoryKey(repository)}`;
    this.#shippedKey = `shipped:${repositoryKey(repository)}`;
    this.#shipped = new Map(storage.get<readonly (readonly [number, DeployRequest])[]>(this.#shippedKey) ?? []);
  }

  /** Our own dispatches by run id, the newest hundred. */
  get shipped(): ReadonlyMap<number, DeployRequest> {
    return this.#shipped;
  }

  /** The same with what `tracked` adds to it; the same object when that is nothing. */
  shippedWith(tracked: readonly TrackedRun[]): ReadonlyMap<number, DeployRequest> {
    const news = tracked.flatMap((run) => (run.request && 'seen' in run && this.#shipped.get(run.seen.runId) !== run.request ? [[run.seen.runId, run.request] as const] : []));
    return news.length === 0 ? this.#shipped : new Map([...this.#shipped, ...news]);
  }

  /** What an earlier window followed. A dispatch that was being sent is unconfirmed: nobody saw its answer. */
  read(now: Instant): readonly TrackedRun[] {
    this.#entries = this.#storage.get<readonly Entry[]>(this.#key) ?? [];
    return this.#entries.flatMap((entry) => restored(entry, now) ?? []);
  }

  /** Writes what must survive of `tracked`; does nothing when that did not change. */
  async write(tracked: readonly TrackedRun[]): Promise<void> {
    const entries = tracked.flatMap((run) => entryOf(run) ?? []);
    const shipped = this.shippedWith(tracked);
    const writes: Promise<void>[] = [];
    if (!sameData(entries, this.#entries)) {
      this.#entries = entries;
      writes.push(this.#storage.set(this.#key, entries));
    }
    if (shipped !== this.#shipped) {
      this.#shipped = new Map([...shipped].slice(-mostShipped));
      writes.push(this.#storage.set(this.#shippedKey, [...this.#shipped]));
    }
    await Promise.all(writes);
  }
}

function entryOf(run: TrackedRun): Entry | undefined {
  const { key, request, phase } = run;
  if (!request) return undefined;
  switch (run.phase) {
    case 'dispatching':
      return { key, request, phase };
    case 'accepted':
    case 'unconfirmed':
    case 'notSeen':
      return { key, request, phase, since: run.since };
    case 'queued':
    case 'waiting':
    case 'inProgress':
    case 'cancelling':
    case 'lost':
      return { key, request, phase, runId: run.seen.runId, attempt: run.seen.attempt, url: run.seen.url };
    case 'completed':
    case 'rejected':
      return undefined;
  }
}

function restored({ key, request, phase, since, runId, attempt, url }: Entry, now: Instant): TrackedRun | undefined {
  if (runId !== undefined) {
    const seen = { runId, attempt: attempt ?? 1, url: url ?? '', run: undefined, jobs: [], pending: [] };
    return { key, request, phase: phase === 'cancelling' ? 'cancelling' : 'queued', seen };
  }
  const sent = since ?? request.requestedAt;
  if (now - sent > longestUnseenMs) return undefined;
  if (phase === 'accepted' || phase === 'notSeen') return { key, request, phase, since: sent };
  return { key, request, phase: 'unconfirmed', since: sent, reason: 'The window closed before GitHub answered.' };
}
