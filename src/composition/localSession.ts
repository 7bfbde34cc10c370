import type { RepositorySession } from '../app/repositorySession.ts';
import type { WindowSessions } from '../app/windowSessions.ts';
import { repositoryKey } from '../core/repositoryId.ts';

/** The session of the repository that the clone around a file deploys; `undefined` for files of no clone, and while the sample team is shown. */
export function localSession({ candidates, all }: Pick<WindowSessions, 'candidates' | 'all'>, path: string): RepositorySession | undefined {
  const clones = candidates.filter(({ root }) => isBelow(path, root)).sort((a, b) => b.root.length - a.root.length);
  const [clone] = clones;
  if (!clone) return undefined;
  const own = all.find(({ repository }) => clone.candidates.some((candidate) => repositoryKey(candidate.repository) === repositoryKey(repository)));
  if (own || candidates.length > 1) return own;
  // A fork deploys upstream, which need not be one of its remotes.
  const [only, ...others] = all;
  const isOfHost = only !== undefined && clone.candidates.some(({ repository }) => repository.host.authority === only.repository.host.authority && repository.name === only.repository.name);
  return isOfHost && others.length === 0 ? only : undefined;
}

function isBelow(path: string, root: string): boolean {
  const folder = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  // A Windows root (`c:\…`) has no slash before it, and its drive letter may be of either case.
  return path.startsWith(folder) || path.toLowerCase().startsWith(`/${folder.toLowerCase()}`);
}
