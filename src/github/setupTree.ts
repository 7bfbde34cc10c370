import { isDeployError } from '../core/deployError.ts';
import type { TreeFile, TreeFiles } from '../core/gitHubSetup.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { repositoryPath } from './repositoryPath.ts';
import { toEntries, toRoot, toTarget, type Entry, type RefTarget } from './setupMapper.ts';
import type { Wire } from './wire.ts';

/** A branch (`heads/main`) or tag (`tags/v1`) exactly so named; `undefined` when there is none, or no commit at all. */
export async function readRef(wire: Wire, path: Readonly<Record<string, unknown>>, ref: string, signal?: AbortSignal): Promise<RefTarget | undefined> {
  try {
    return await wire.get('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...path, ref }, toTarget, { signal });
  } catch (error) {
    // GitHub answers 409 for a repository that is still empty.
    if (isDeployError(error) && (error.kind === 'notFound' || error.kind === 'conflict')) return undefined;
    throw error;
  }
}

/** The name of a commit's root folder. */
export function readRoot(wire: Wire, repository: RepositoryId, commit: string, signal?: AbortSignal): Promise<string> {
  const parameters = { ...repositoryPath(repository), commit_sha: commit };
  return wire.get('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', parameters, toRoot, { signal });
}

/** Walks from the root down the folders that the paths name, and reads the files it finds there; big repositories cost no more. */
export async function readTreeFiles(
  wire: Wire, repository: RepositoryId, branch: string, paths: readonly string[], signal?: AbortSignal,
): Promise<TreeFiles | undefined> {
  const head = await readRef(wire, repositoryPath(repository), `heads/${branch}`, signal);
  if (!head) return undefined;
  if (paths.length === 0) return { sha: head.sha, files: new Map() };
  const folders = new Map<string, Promise<readonly Entry[]>>();
  const entriesOf = (folder: string): Promise<readonly Entry[]> => {
    const known = folders.get(folder);
    if (known) return known;
    const reading = folder === '' ? readRoot(wire, repository, head.sha, signal).then((sha) => readFolder(wire, repository, sha, signal)) : below(folder);
    folders.set(folder, reading);
    return reading;
  };
  const entryAt = async (path: string): Promise<Entry | undefined> => {
    const slash = path.lastIndexOf('/');
    const entries = await entriesOf(slash < 0 ? '' : path.slice(0, slash));
    return entries.find(({ name }) => name === path.slice(slash + 1));
  };
  const below = async (folder: string): Promise<readonly Entry[]> => {
    const entry = await entryAt(folder);
    return entry?.mode === '040000' ? readFolder(wire, repository, entry.sha, signal) : [];
  };
  const found = await Promise.all(paths.map(async (path): Promise<readonly [string, TreeFile] | undefined> => {
    const entry = await entryAt(path);
    if (!entry || !/^1[02]0/.test(entry.mode)) return undefined;
    return [path, { text: await readBlob(wire, repository, entry.sha, signal), executable: entry.mode === '100755' }];
  }));
  return { sha: head.sha, files: new Map(found.filter((one) => one !== undefined)) };
}

function readFolder(wire: Wire, repository: RepositoryId, sha: string, signal: AbortSignal | undefined): Promise<readonly Entry[]> {
  return wire.get('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', { ...repositoryPath(repository), tree_sha: sha }, toEntries, { signal });
}

function readBlob(wire: Wire, repository: RepositoryId, sha: string, signal: AbortSignal | undefined): Promise<string> {
  const parameters = { ...repositoryPath(repository), file_sha: sha };
  return wire.get('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', parameters, (data: string | undefined) => data ?? '', {
    signal, accept: 'application/vnd.github.raw+json',
  });
}
