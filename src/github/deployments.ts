import type { Deployment } from '../core/deployment.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { graphRefusal } from './graphErrors.ts';
import { nextPage, present, toDeployment } from './graphMapper.ts';
import type { Nodes, WireDeployment } from './graphWire.ts';
import { deploymentsQuery } from './queries.ts';
import type { Wire } from './wire.ts';

interface Data {
  readonly repository: { readonly deployments: Nodes<WireDeployment> | null } | null;
}

interface Page {
  readonly items: readonly Deployment[];
  readonly next: string | undefined;
}

/** The newest `first` deployments of one environment; a page holds at most a hundred. */
export async function readDeployments(
  wire: Wire, repository: RepositoryId, environment: string, first: number, signal?: AbortSignal,
): Promise<readonly Deployment[]> {
  const found: Deployment[] = [];
  let after: string | undefined;
  do {
    const page: Page = await wire.query(
      deploymentsQuery,
      { owner: repository.owner, name: repository.name, environment, first: Math.min(first - found.length, 100), after: after ?? null },
      (data: Data, errors) => {
        const list = data.repository?.deployments;
        if (!list) throw graphRefusal(errors.length > 0 ? errors : [{ type: 'NOT_FOUND' }], wire.host.authority);
        return { items: present(list).map(toDeployment), next: nextPage(list) };
      },
      signal,
    );
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined && found.length < first);
  return found;
}
