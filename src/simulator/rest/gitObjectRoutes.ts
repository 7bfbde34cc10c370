import { json, text } from '../http.ts';
import { personName } from '../wire/commitWire.ts';
import { iso, repositoryApi, repositoryPage } from '../wire/urls.ts';
import { blobSha, foldersOf, rootSha, type Folder, type Snapshot } from '../world/gitObjects.ts';
import { resolveRef } from '../world/history.ts';
import type { Commit, Repository } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { found, param, type RepositoryCall } from './call.ts';
import type { RepositoryRoutes } from './routes.ts';

/** Git's own objects by name: commits, folders and blobs. */
export const gitObjectRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': (call) => json(gitCommitWire(call, found(call.repository.commits.get(param(call, 'commit_sha'))))),
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': (call) => {
    const { path, snapshot } = found(findTree(call.repository, param(call, 'tree_sha')));
    return json(treeWire(call, snapshot, path, call.query.has('recursive')));
  },
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': (call) => {
    const sha = param(call, 'file_sha');
    const content = found(findBlob(call.repository, sha));
    if (/\braw\b/.test(call.request.headers['accept'] ?? '')) return text(content, 200, { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' });
    const bytes = Buffer.from(content);
    return json({
      sha,
      node_id: nodeId('Blob', call.repository.id, sha),
      size: bytes.length,
      url: `${repositoryApi(call.urls, call.repository)}/git/blobs/${sha}`,
      content: bytes.toString('base64').replace(/.{1,60}/g, '$&\n'),
      encoding: 'base64',
    });
  },
};

/** A folder by its own name, or the root of the commit or ref so named. */
export function findTree(repository: Repository, name: string): { readonly path: string; readonly snapshot: Snapshot } | undefined {
  const commit = resolveRef(repository, name);
  if (commit) return { path: '', snapshot: commit };
  const loose = repository.looseTrees.get(name);
  if (loose) return { path: '', snapshot: loose };
  for (const snapshot of snapshots(repository)) {
    for (const [path, { sha }] of foldersOf(snapshot)) if (sha === name) return { path, snapshot };
  }
  return undefined;
}

/** A blob's text by its name. */
export function findBlob(repository: Repository, name: string): string | undefined {
  const loose = repository.looseBlobs.get(name);
  if (loose !== undefined) return loose;
  for (const snapshot of snapshots(repository)) {
    for (const [path, { entries }] of foldersOf(snapshot)) {
      const entry = entries.find(({ sha }) => sha === name);
      const content = entry && snapshot.files.get(path === '' ? entry.name : `${path}/${entry.name}`);
      if (content !== undefined && blobSha(content) === name) return content;
    }
  }
  return undefined;
}

/** `git-tree`: a folder's entries, or with all that lies below. */
export function treeWire(call: RepositoryCall, snapshot: Snapshot, path: string, isRecursive = false): Record<string, unknown> {
  const folders = foldersOf(snapshot);
  const api = repositoryApi(call.urls, call.repository);
  const list = (at: string, prefix: string): Record<string, unknown>[] => (folders.get(at)?.entries ?? []).flatMap(({ name, mode, sha }) => {
    const full = at === '' ? name : `${at}/${name}`;
    const isFolder = mode === '040000';
    const size = isFolder ? {} : { size: Buffer.byteLength(snapshot.files.get(full) ?? '') };
    const entry = { path: prefix + name, mode, type: isFolder ? 'tree' : 'blob', sha, ...size, url: `${api}/git/${isFolder ? 'trees' : 'blobs'}/${sha}` };
    return [entry, ...(isFolder && isRecursive ? list(full, `${prefix}${name}/`) : [])];
  });
  const { sha } = found<Folder>(folders.get(path));
  return { sha, url: `${api}/git/trees/${sha}`, tree: list(path, ''), truncated: false };
}

/** `git-commit`. */
export function gitCommitWire({ world, urls, repository }: RepositoryCall, commit: Commit): Record<string, unknown> {
  const api = repositoryApi(urls, repository);
  const page = repositoryPage(urls, repository);
  const person = { ...(commit.person ?? personName(world, commit.author)), date: iso(commit.at) };
  const tree = rootSha(commit);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', repository.id, commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: person,
    committer: person,
    tree: { sha: tree, url: `${api}/git/trees/${tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/git/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

/** Newest first: what is asked for by name was mostly seen on a branch's head. */
function* snapshots(repository: Repository): Generator<Snapshot> {
  const seen = new Set<ReadonlyMap<string, string>>();
  for (const snapshot of [...repository.looseTrees.values(), ...repository.commits.values()].toReversed()) {
    if (!seen.has(snapshot.files)) yield snapshot;
    seen.add(snapshot.files);
  }
}
