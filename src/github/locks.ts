import type { LockBranch } from '../core/hold.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { graphRefusal } from './graphErrors.ts';
import { toLocks } from './graphMapper.ts';
import type { Nodes, WireLock } from './graphWire.ts';
import { locksQuery } from './queries.ts';
import type { Wire } from './wire.ts';

/** The branches that hold deploys, as they are now. */
export function readLocks(wire: Wire, { owner, name }: RepositoryId, signal?: AbortSignal): Promise<readonly LockBranch[]> {
  return wire.query(
    locksQuery,
    { owner, name },
    ({ repository }: { readonly repository: { readonly locks: Nodes<WireLock> | null } | null }, errors) => {
      if (!repository) throw graphRefusal(errors.length > 0 ? errors : [{ type: 'NOT_FOUND' }], wire.host.authority);
      return toLocks(repository.locks);
    },
    signal,
  );
}
