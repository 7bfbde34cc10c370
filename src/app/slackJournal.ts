import type { Instant } from '../core/instant.ts';
import type { Announcement, SlackPost } from '../core/slack.ts';
import type { Storage } from '../core/storage.ts';

/**
 * What became of one post. `intended` is written before it is sent, so that after a crash nobody sends it again: its fate is then
 * unknown. `gone`: it was posted and can no longer be edited.
 */
export type PostRecord =
  | { readonly state: 'intended'; readonly at: Instant }
  | { readonly state: 'posted'; readonly post?: SlackPost }
  | { readonly state: 'unconfirmed' | 'gone' };

/** Everything that Slack was told of one deploy. */
export interface JournalEntry {
  readonly at: Instant;
  /** By the post's name: the message itself, its replies, a webhook's start and end. */
  readonly posts: Readonly<Record<string, PostRecord>>;
  readonly cancelledBy?: string | undefined;
  /** What the message should say, of which attempt, and whether Slack has it. */
  readonly message?: { readonly announcement: Announcement; readonly attempt: number; readonly isTold: boolean } | undefined;
}

const key = 'slackJournal';
const keptEntries = 50;

/** Remembers across windows what Slack was told, by the deploys' correlation ids. */
export class SlackJournal {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  entry(correlationId: string): JournalEntry | undefined {
    return this.#all()[correlationId];
  }

  entries(): readonly (readonly [correlationId: string, entry: JournalEntry])[] {
    return Object.entries(this.#all());
  }

  /** The deploy's entry, made when there is none; `cancelledBy` has who cancelled which deploys, as far as this window knows. */
  async open(correlationId: string, at: Instant, cancelledBy: ReadonlyMap<string, string | undefined>): Promise<JournalEntry> {
    const entry = this.entry(correlationId);
    const who = cancelledBy.has(correlationId) ? cancelledBy.get(correlationId) : entry?.cancelledBy;
    if (!entry || entry.cancelledBy !== who) await this.change(correlationId, at, (old) => ({ ...old, cancelledBy: who }));
    return this.entry(correlationId) ?? { at, posts: {} };
  }

  /** Changes an entry, which is made when there is none; only the newest are kept. */
  async change(correlationId: string, at: Instant, change: (entry: JournalEntry) => JournalEntry): Promise<void> {
    const all = this.#all();
    const entries = Object.entries({ ...all, [correlationId]: change(all[correlationId] ?? { at, posts: {} }) });
    await this.#storage.set(key, Object.fromEntries(entries.toSorted(([, a], [, b]) => b.at - a.at).slice(0, keptEntries)));
  }

  /** Notes what became of a post; `undefined` forgets it, because it is proven that nothing was posted. */
  async note(correlationId: string, at: Instant, post: string, record: PostRecord | undefined): Promise<void> {
    await this.change(correlationId, at, (entry) => {
      const { [post]: _, ...others } = entry.posts;
      return { ...entry, posts: record ? { ...others, [post]: record } : others };
    });
  }

  #all(): Readonly<Record<string, JournalEntry>> {
    return this.#storage.get<Record<string, JournalEntry>>(key) ?? {};
  }
}
