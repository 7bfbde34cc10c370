import { compareCommits, headOf } from '../world/history.ts';
import type { PullRequest, Repository } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { World } from '../world/world.ts';
import { simpleUser } from './accountWire.ts';
import { commonRepository } from './repositoryWire.ts';
import { iso, isoOrNull, repositoryApi, repositoryPage, type Urls } from './urls.ts';

/** `pull-request-simple`. */
export function pullWire(world: World, urls: Urls, repository: Repository, pull: PullRequest, apiVersion: string): Record<string, unknown> {
  const api = repositoryApi(urls, repository);
  const url = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const page = `${repositoryPage(urls, repository)}/pull/${pull.number}`;
  const sha = headSha(repository, pull);
  const addresses = {
    comments: `${issue}/comments`, commits: `${url}/commits`, statuses: `${api}/statuses/${sha}`, html: page, issue, review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`, self: url,
  };
  const side = (branch: string, commit: string): Record<string, unknown> => ({
    label: `${repository.owner}:${branch}`, ref: branch, sha: commit, user: simpleUser(urls, world.account(repository.owner)),
    repo: commonRepository(world, urls, repository, apiVersion),
  });
  return {
    id: pull.id,
    node_id: nodeId('PullRequest', repository.id, pull.number),
    number: pull.number,
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    comments_url: addresses.comments,
    commits_url: addresses.commits,
    statuses_url: addresses.statuses,
    review_comments_url: addresses.review_comments,
    review_comment_url: addresses.review_comment,
    state: pull.merged ? 'closed' : 'open',
    locked: false,
    draft: false,
    title: pull.title,
    body: pull.body,
    user: simpleUser(urls, world.account(pull.author)),
    assignee: null,
    assignees: [],
    labels: [],
    milestone: null,
    author_association: 'MEMBER',
    auto_merge: null,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.merged?.at ?? pull.createdAt),
    closed_at: isoOrNull(pull.merged?.at),
    merged_at: isoOrNull(pull.merged?.at),
    ...(apiVersion < '2026-03-10' ? { merge_commit_sha: pull.merged?.sha ?? null } : {}),
    head: side(pull.head, sha),
    base: side(pull.base, headOf(repository, pull.base)?.sha ?? ''),
    _links: Object.fromEntries(Object.entries(addresses).map(([name, href]) => [name, { href }])),
  };
}

/** `pull-request`: with what only its own address tells. */
export function fullPullWire(world: World, urls: Urls, repository: Repository, pull: PullRequest, apiVersion: string): Record<string, unknown> {
  const [base, head] = [headOf(repository, pull.base), headOf(repository, pull.head)];
  const ahead = (base && head && compareCommits(repository, base, head)?.ahead) ?? [];
  const changes = ahead.flatMap((commit) => commit.changes);
  return {
    ...pullWire(world, urls, repository, pull, apiVersion),
    merged: pull.merged !== undefined,
    merged_by: pull.merged ? simpleUser(urls, world.account(pull.merged.by)) : null,
    mergeable: pull.merged ? null : true,
    mergeable_state: pull.merged ? 'unknown' : 'clean',
    maintainer_can_modify: false,
    comments: 0,
    review_comments: 0,
    commits: ahead.length,
    additions: changes.reduce((sum, { additions }) => sum + additions, 0),
    deletions: changes.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: new Set(changes.map(({ path }) => path)).size,
  };
}

function headSha(repository: Repository, { head, merged }: PullRequest): string {
  return merged?.headSha ?? headOf(repository, head)?.sha ?? '';
}
