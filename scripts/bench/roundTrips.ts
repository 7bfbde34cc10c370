import type { LoggedRequest } from '../../src/simulator/requestLog.ts';

/**
 * The longest chain of requests each of which was sent after the one before was answered, `latencyMs` after it came: what the
 * network's delay costs at least, whatever the machine.
 */
export function roundTrips(requests: readonly LoggedRequest[], latencyMs: number): number {
  const depths: number[] = [];
  requests.forEach(({ at }, index) => {
    const before = depths.filter((_, other) => (requests[other]?.at ?? at) + latencyMs <= at);
    depths[index] = 1 + Math.max(0, ...before);
  });
  return Math.max(0, ...depths);
}
