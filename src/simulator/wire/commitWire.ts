import { blobSha, rootSha } from '../world/gitObjects.ts';
import type { Commit, Repository } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { World } from '../world/world.ts';
import { simpleUser } from './accountWire.ts';
import { iso, repositoryApi, repositoryPage, type Urls } from './urls.ts';

/** Name and address as a commit carries them. */
export function personName(world: World, login: string): { name: string; email: string } {
  return { name: world.account(login).name, email: `${login}@users.noreply.github.com` };
}

/** `commit` as lists carry it: without files. */
export function commitWire(world: World, urls: Urls, repository: Repository, commit: Commit): Record<string, unknown> {
  const api = repositoryApi(urls, repository);
  const page = repositoryPage(urls, repository);
  const person = { ...(commit.person ?? personName(world, commit.author)), date: iso(commit.at) };
  const tree = rootSha(commit);
  const user = simpleUser(urls, world.account(commit.author));
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', repository.id, commit.sha),
    commit: {
      author: person,
      committer: person,
      message: commit.message,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: user,
    committer: user,
    parents: commit.parents.map((parent) => ({
      sha: parent, url: `${api}/commits/${parent}`, html_url: `${page}/commit/${parent}`,
    })),
  };
}

/** `diff-entry`s of what some commits changed together. */
export function changedFiles(urls: Urls, repository: Repository, commits: readonly Commit[]): Record<string, unknown>[] {
  const api = repositoryApi(urls, repository);
  const page = repositoryPage(urls, repository);
  const totals = new Map<string, { additions: number; deletions: number; commit: string }>();
  for (const { sha: name, changes } of commits) {
    for (const { path, additions, deletions } of changes) {
      const before = totals.get(path);
      totals.set(path, { additions: additions + (before?.additions ?? 0), deletions: deletions + (before?.deletions ?? 0), commit: name });
    }
  }
  return [...totals].map(([path, { additions, deletions, commit }]) => ({
    sha: blobSha(`${path} ${commit}`),
    filename: path,
    status: 'modified',
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${page}/blob/${commit}/${path}`,
    raw_url: `${page}/raw/${commit}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${commit}`,
    patch: `@@ -1,${deletions} +1,${additions} @@`,
  }));
}
