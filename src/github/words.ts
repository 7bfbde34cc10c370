import type { DeploymentState } from '../core/deployment.ts';
import type { Instant } from '../core/instant.ts';
import type { RunConclusion, RunStatus } from '../core/workflowRun.ts';

const statuses: readonly RunStatus[] = ['queued', 'requested', 'pending', 'waiting', 'inProgress', 'completed'];
const conclusions: readonly RunConclusion[] = [
  'success', 'failure', 'cancelled', 'timedOut', 'startupFailure', 'actionRequired', 'neutral', 'skipped', 'stale',
];
const deploymentStates: readonly DeploymentState[] = ['pending', 'queued', 'waiting', 'inProgress', 'success', 'failure', 'error', 'inactive'];

/** REST's `in_progress` and GraphQL's `IN_PROGRESS`; a word that is not known is `unknown`. */
export function runStatus(word: unknown): RunStatus {
  return known(statuses, word) ?? 'unknown';
}

/** `undefined` while there is none yet. */
export function runConclusion(word: unknown): RunConclusion | undefined {
  return word === null || word === undefined || word === '' ? undefined : known(conclusions, word) ?? 'unknown';
}

export function deploymentState(word: unknown): DeploymentState {
  return known(deploymentStates, word) ?? 'unknown';
}

/** An ISO date as milliseconds since the epoch. Throws for what is no date: the answer is not what it should be. */
export function instant(text: string | null | undefined): Instant {
  const at = Date.parse(text ?? '');
  if (Number.isNaN(at)) throw new TypeError(`no date: ${String(text).slice(0, 40)}`);
  return at;
}

export function instantIfAny(text: string | null | undefined): Instant | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function known<T extends string>(words: readonly T[], word: unknown): T | undefined {
  if (typeof word !== 'string') return undefined;
  const camel = word.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return words.find((one) => one === camel);
}
