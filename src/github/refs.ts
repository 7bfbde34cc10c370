import type { Commit, Comparison } from '../core/commit.ts';
import { DeployError, isDeployError } from '../core/deployError.ts';
import type { GitRef } from '../core/release.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { graphRefusal } from './graphErrors.ts';
import { toGraphCommit } from './graphMapper.ts';
import type { WireCommit } from './graphWire.ts';
import { toComparison, toRefs, type WireComparison } from './mapper.ts';
import type { Paging } from './paging.ts';
import { resolveQuery } from './queries.ts';
import { repositoryPath } from './repositoryPath.ts';
import type { Wire } from './wire.ts';

/** The first thousand branches; with more than that nobody picks from a list. */
export function readBranches(paging: Paging, repository: RepositoryId, signal?: AbortSignal): Promise<readonly GitRef[]> {
  return paging.all('GET /repos/{owner}/{repo}/branches', repositoryPath(repository), toRefs, 10, { signal });
}

export function readTags(paging: Paging, repository: RepositoryId, signal?: AbortSignal): Promise<readonly GitRef[]> {
  return paging.all('GET /repos/{owner}/{repo}/tags', repositoryPath(repository), toRefs, 10, { signal });
}

/** Reads what git itself would understand by the word; an annotated tag is followed to its commit. */
export function resolveRef(wire: Wire, repository: RepositoryId, ref: string, signal?: AbortSignal): Promise<Commit | undefined> {
  interface Data {
    readonly repository: { readonly object: (Partial<WireCommit> & { readonly target?: Partial<WireCommit> | null }) | null } | null;
  }
  return wire.query(
    resolveQuery,
    { owner: repository.owner, name: repository.name, expression: ref },
    (data: Data, errors) => {
      if (!data.repository) throw graphRefusal(errors.length > 0 ? errors : [{ type: 'NOT_FOUND' }], wire.host.authority);
      const found = data.repository.object?.target ?? data.repository.object;
      return isCommit(found) ? toGraphCommit(found) : undefined;
    },
    signal,
  );
}

/** The first hundred commits between two refs, oldest first, and how many there are. */
export async function compareRefs(wire: Wire, repository: RepositoryId, base: string, head: string, signal?: AbortSignal): Promise<Comparison> {
  const parameters = { ...repositoryPath(repository), basehead: `${base}...${head}`, per_page: 100, page: 1 };
  try {
    return await wire.get('GET /repos/{owner}/{repo}/compare/{basehead}', parameters, (data: WireComparison) => toComparison(data, base, head), { signal });
  } catch (error) {
    if (!isDeployError(error) || error.kind !== 'notFound') throw error;
    throw new DeployError('refNotFound', '“{base}” and “{head}” cannot be compared: one of them does not exist, or they have no history in common.', {
      values: { base, head }, actions: ['openOnGitHub'], cause: error,
    });
  }
}

export async function readFile(wire: Wire, repository: RepositoryId, path: string, ref: string, signal?: AbortSignal): Promise<string | undefined> {
  const parameters = { ...repositoryPath(repository), path, ref };
  try {
    return await wire.get(
      'GET /repos/{owner}/{repo}/contents/{path}', parameters, (text: string | undefined) => text ?? '', { signal, accept: 'application/vnd.github.raw+json' },
    );
  } catch (error) {
    if (isDeployError(error) && error.kind === 'notFound') return undefined;
    throw error;
  }
}

function isCommit(value: unknown): value is WireCommit {
  return typeof value === 'object' && value !== null && 'oid' in value;
}
