import type { Instant } from './instant.ts';
import { text, type Text } from './text.ts';

/** A branch that may hold deploys, and the text of its `lock.json` (hostile), where there is one. */
export interface LockBranch {
  readonly name: string;
  readonly text: string | undefined;
}

/**
 * Deploys to an environment are refused until somebody lifts this; rollbacks pass. It is a branch with a `lock.json`, in the format of
 * github/branch-deploy (its page "Locks"), so that locks of that action count as well.
 */
export interface Hold {
  readonly environment: string;
  readonly branch: string;
  /** It holds every environment. */
  readonly isGlobal: boolean;
  /** Who set it, why and when; `undefined` where its `lock.json` says it in no way that can be trusted. It holds all the same. */
  readonly told: {
    readonly by: string;
    /** Empty where none was given. */
    readonly reason: string;
    readonly at: Instant | undefined;
    /** False for the lock that branch-deploy sets for the length of one deploy and lifts itself. */
    readonly isSticky: boolean;
    /** Where it was set: a run or a comment, on the repository's own host. */
    readonly url: string | undefined;
  } | undefined;
}

/** What the name of every branch that holds deploys ends in. */
export const lockSuffix = 'branch-deploy-lock';

const globalBranch = `global-${lockSuffix}`;

/** A lock of a few hundred characters is usual; beyond this nobody wrote it for people. */
const longestLock = 16_384;
const longest = { reason: 1_000, login: 100, time: 40, url: 500 };

/** The branch that holds an environment; blanks become hyphens, as in branch-deploy. */
export function lockBranch(environment: string): string {
  return `${environment.replace(/\s/g, '-')}-${lockSuffix}`;
}

/** The hold on an environment: its own, else the one on all; `undefined` when deploys pass. `webUrl` is the host's, whose pages alone are linked to. */
export function holdOn(environment: string, locks: readonly LockBranch[], webUrl: string): Hold | undefined {
  const own = lockBranch(environment).toLowerCase();
  const lock = locks.find(({ name }) => name.toLowerCase() === own) ?? locks.find(({ name }) => name === globalBranch);
  return lock && { environment, branch: lock.name, isGlobal: lock.name === globalBranch, told: toldBy(lock, webUrl) };
}

/** That an environment is held, by whom and why. */
export function holdSentence({ environment, isGlobal, told }: Hold): Text {
  if (!told) {
    return isGlobal
      ? text('Deploys to all environments are held; by whom and why cannot be read.')
      : text('Deploys to {environment} are held; by whom and why cannot be read.', { environment });
  }
  const values = { environment, who: told.by, reason: told.reason };
  if (told.reason === '') {
    return isGlobal ? text('{who} holds deploys to all environments, without a reason.', values) : text('{who} holds deploys to {environment}, without a reason.', values);
  }
  return isGlobal ? text('{who} holds deploys to all environments: “{reason}”.', values) : text('{who} holds deploys to {environment}: “{reason}”.', values);
}

function toldBy({ text: written }: LockBranch, webUrl: string): Hold['told'] {
  const lock = written === undefined || written.length > longestLock ? undefined : parsed(written);
  if (!lock) return undefined;
  const { created_by: by, reason, created_at: at, sticky, link } = lock;
  if (typeof by !== 'string' || by.trim() === '' || by.length > longest.login) return undefined;
  const since = typeof at === 'string' && at.length <= longest.time ? Date.parse(at) : Number.NaN;
  const isOwnPage = typeof link === 'string' && link.length <= longest.url && link.startsWith(`${webUrl}/`);
  return {
    by: by.trim(),
    reason: typeof reason === 'string' ? reason.slice(0, longest.reason).trim() : '',
    at: Number.isFinite(since) ? since : undefined,
    isSticky: sticky !== false,
    url: isOwnPage ? link : undefined,
  };
}

function parsed(written: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
