import type { EnvironmentState } from '../app/repositoryState.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';

/** The newest deployment where it failed after what is live became so; cancelled ones are passed over. */
export function failedSince({ history, live }: EnvironmentState): ShippedVersion | undefined {
  const newest = history.find(({ state }) => state !== 'cancelled' && state !== 'unknown');
  if (newest?.state !== 'failed') return undefined;
  return typeof live === 'object' && live.since !== undefined && live.since > newest.createdAt ? undefined : newest;
}
