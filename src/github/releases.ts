import type { ReleasePage } from '../core/gitHub.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { graphRefusal } from './graphErrors.ts';
import { nextPage, present, toRelease } from './graphMapper.ts';
import type { Nodes, WireRelease } from './graphWire.ts';
import { releasesQuery } from './queries.ts';
import type { Wire } from './wire.ts';

interface Data {
  readonly repository: { readonly releases: Nodes<WireRelease> | null } | null;
}

/** One page of releases in the order of the overview, which holds the first. */
export function readReleases(wire: Wire, repository: RepositoryId, after: string | undefined, signal?: AbortSignal): Promise<ReleasePage> {
  return wire.query(
    releasesQuery,
    { owner: repository.owner, name: repository.name, after: after ?? null },
    (data: Data, errors) => {
      const list = data.repository?.releases;
      if (!list) throw graphRefusal(errors.length > 0 ? errors : [{ type: 'NOT_FOUND' }], wire.host.authority);
      return { releases: present(list).map(toRelease), next: nextPage(list) };
    },
    signal,
  );
}
