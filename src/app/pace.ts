import type { Instant } from '../core/instant.ts';
import type { Attention } from './repositorySession.ts';

/**
 * One look at GitHub. `picture` reads everything but the runs anew; `observe` asks for all live followed runs at once; `search` looks for a run
 * whose dispatch was not answered; `runs` is the newest page of runs; `probe` asks one resource whether it changed,
 * and `prime` asks each once so that later answers can be "not modified".
 */
export type Look = 'picture' | 'observe' | 'search' | 'runs' | 'prime' | 'probe';

/** All that decides when to look again and at what. Times are this machine's. */
export interface Situation {
  readonly attention: Attention;
  /** False: nothing is asked unless the user asks or a deploy is followed. */
  readonly backgroundRefresh: boolean;
  readonly isLoaded: boolean;
  readonly isPrimed: boolean;
  /** Whose live runs are followed. */
  readonly followed: 'own' | 'others' | 'none';
  /** Every one of them has been waiting for a person or its turn for minutes. */
  readonly isHeld: boolean;
  /** When each look was last taken, whatever came of it. */
  readonly lastAt: Readonly<Partial<Record<Look, Instant>>>;
  /** When a run that was not found yet should be looked for again. */
  readonly searchAt: Instant | undefined;
  /** When the picture is known to be behind: a run ended and its deployment does not say so yet. */
  readonly pictureDueAt: Instant | undefined;
  /** Times of the requests of the last minute that nobody asked for, oldest first. */
  readonly recent: readonly Instant[];
  readonly failures: { readonly count: number; readonly lastAt: Instant; readonly isTemporary: boolean };
  /** 0 to 1, new for each look: keeps windows from asking in step. */
  readonly jitter: number;
  readonly blockedUntil: Instant | undefined;
  /** Little of the hourly budget is left. */
  readonly isScarce: boolean;
}

export interface NextLook {
  readonly look: Look;
  readonly at: Instant;
}

const second = 1_000;
const minute = 60 * second;
/** More than this a minute is not asked by ourselves. */
const mostPerMinute = 15;
/** One look tells of all live runs. When the minute fills up otherwise, these looks come less often too, within these bounds. */
const observeMs = 4_600;
const longestObserveMs = 5_800;

/** When to look next, and at what; `undefined`: not before something happens. */
export function nextLook(situation: Situation): NextLook | undefined {
  // A look that must wait for the minute's share must not stand before one that need not.
  const possible = looksWanted(situation).map((one) => ({ look: one.look, at: Math.max(one.at, notBefore(situation), whenFree(one, situation)) }));
  return possible.length === 0 ? undefined : possible.reduce((first, one) => (one.at < first.at ? one : first));
}

/**
 * The earliest that the minute's share allows, with room for what a look brings with it, and for those looks at live runs that come
 * before the minute is over. They spread themselves; what was sent and not answered is looked for as soon as there is room.
 */
function whenFree({ look }: NextLook, { recent, followed }: Situation): Instant {
  if (look === 'observe') return 0;
  const reserved = followed === 'none' || look === 'search' || recent.length === 0 ? 0 : Math.ceil((minute - elapsed(recent)) / longestObserveMs);
  const oldest = recent[recent.length - mostPerMinute + 1 + reserved];
  return oldest === undefined ? 0 : oldest + minute;
}

/** How long until live runs are looked at again: as what is left of the minute's share lasts for what is left of the minute. */
function spread(recent: readonly Instant[]): number {
  const lasting = (minute - elapsed(recent)) / Math.max(1, mostPerMinute - recent.length);
  return recent.length >= mostPerMinute ? longestObserveMs : Math.min(Math.max(lasting, observeMs), longestObserveMs);
}

function elapsed(recent: readonly Instant[]): number {
  return (recent.at(-1) ?? 0) - (recent[0] ?? 0);
}

function looksWanted(situation: Situation): readonly NextLook[] {
  const { attention, lastAt, isScarce } = situation;
  const isWatching = attention.focused && attention.visible && situation.backgroundRefresh;
  const isGlancing = attention.focused && situation.backgroundRefresh;
  const stretch = (isScarce ? 5 : 1) * (1 + situation.jitter / 10);
  const after = (look: Look, delay: number): NextLook => ({ look, at: (lastAt[look] ?? 0) + delay });

  const hasFailed = situation.failures.count > 0;
  if (!situation.isLoaded) return isGlancing || situation.followed === 'own' || (attention.focused && hasFailed) ? [{ look: 'picture', at: 0 }] : [];
  const looks: NextLook[] = [];
  // The first answer after a failure tells that GitHub is back; until then only the back-off decides when to try.
  if (hasFailed && attention.focused && (attention.visible || situation.followed !== 'none')) looks.push({ look: 'runs', at: 0 });
  if (situation.searchAt !== undefined) looks.push({ look: 'search', at: situation.searchAt });
  if (situation.pictureDueAt !== undefined && (attention.focused || situation.followed !== 'none')) {
    looks.push({ look: 'picture', at: situation.pictureDueAt });
  }
  const interval = observeInterval(situation);
  if (interval !== undefined) {
    looks.push(after('observe', interval * (isScarce ? 3 : 1)));
    if (attention.focused) looks.push(after('runs', 1.5 * minute * stretch));
    return looks;
  }
  if (isWatching) {
    if (!situation.isPrimed) looks.push({ look: 'prime', at: (lastAt.picture ?? 0) + 3 * second });
    const last = Math.max(lastAt.runs ?? 0, lastAt.probe ?? 0, lastAt.picture ?? 0, lastAt.observe ?? 0);
    looks.push({ look: 'probe', at: last + minute * stretch });
    looks.push(after('picture', 60 * minute * stretch));
  } else if (isGlancing) {
    looks.push(after('runs', 5 * minute * stretch));
  }
  return looks;
}

/** How often live runs are looked at; teammates' only while somebody may see it. */
function observeInterval({ followed, attention, isHeld, recent }: Situation): number | undefined {
  if (followed === 'none') return undefined;
  if (!attention.focused) return followed === 'own' ? (isHeld ? minute : 20 * second) : undefined;
  if (isHeld) return followed === 'own' ? 15 * second : minute;
  return followed === 'own' || attention.visible ? spread(recent) : 15 * second;
}

/** The earliest that anything may be asked: while GitHub refuses, and after failures. */
function notBefore({ blockedUntil, failures, attention, followed, jitter }: Situation): Instant {
  return Math.max(blockedUntil ?? 0, failures.count === 0 ? 0 : failures.lastAt + backOff());

  function backOff(): number {
    const longest = !failures.isTemporary ? 5 * minute : attention.visible || followed === 'own' ? 30 * second : 5 * minute;
    const shortest = failures.isTemporary ? 4 * second : minute;
    return Math.min(longest, shortest * 2 ** (failures.count - 1)) * (1 - jitter / 4);
  }
}

/** What idle probes ask about in turn: runs mostly, for "Ana is deploying". */
export const probeRound = ['runs', 'deployments', 'runs', 'repository', 'runs', 'releases', 'runs', 'environments'] as const;
