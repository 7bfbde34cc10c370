import { json, type SimResponse } from '../http.ts';
import { changedFiles, commitWire } from '../wire/commitWire.ts';
import { tagWire } from '../wire/releaseWire.ts';
import { repositoryApi, repositoryPage } from '../wire/urls.ts';
import { ancestry, compareCommits, resolveRef } from '../world/history.ts';
import type { Commit } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { found, notFound, param, type RepositoryCall } from './call.ts';
import { arrayAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';

const MAX_COMPARED = 250;

/** Commits, comparisons, branches, tags and refs. */
export const gitRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/commits': (call) => {
    const { repository, query } = call;
    const start = found(resolveRef(repository, query.get('sha') ?? repository.defaultBranch));
    const since = Date.parse(query.get('since') ?? '');
    const until = Date.parse(query.get('until') ?? '');
    const commits = ancestry(repository, start).filter(({ at, author, changes }) =>
      !(at < since) && !(at > until) && (query.get('author') ?? author) === author &&
      (query.get('path') === null || changes.some(({ path }) => path === query.get('path'))));
    return arrayAnswer(pageOf(call, commits), (one) => wire(call, one));
  },
  'GET /repos/{owner}/{repo}/commits/{ref}': (call) => {
    const commit = found(resolveRef(call.repository, param(call, 'ref')));
    const files = changedFiles(call.urls, call.repository, [commit]);
    const additions = commit.changes.reduce((sum, change) => sum + change.additions, 0);
    const deletions = commit.changes.reduce((sum, change) => sum + change.deletions, 0);
    return json({ ...wire(call, commit), stats: { additions, deletions, total: additions + deletions }, files });
  },
  'GET /repos/{owner}/{repo}/compare/{basehead}': compare,
  'GET /repos/{owner}/{repo}/branches': (call) =>
    arrayAnswer(pageOf(call, listedBranches(call)), ([name, sha]) => ({
      name, commit: { sha, url: `${repositoryApi(call.urls, call.repository)}/commits/${sha}` }, ...protection(call, name),
    })),
  'GET /repos/{owner}/{repo}/branches/{branch}': (call) => {
    const { repository, urls } = call;
    const name = param(call, 'branch');
    const commit = found(repository.commits.get(repository.branches.get(name) ?? ''));
    const self = `${repositoryApi(urls, repository)}/branches/${name}`;
    return json({
      name,
      commit: wire(call, commit),
      _links: { self, html: `${repositoryPage(urls, repository)}/tree/${name}` },
      ...protection(call, name),
    });
  },
  'GET /repos/{owner}/{repo}/tags': (call) =>
    arrayAnswer(pageOf(call, [...call.repository.tags.values()].sort((a, b) => (a.name < b.name ? 1 : -1))), (tag) =>
      tagWire(call.urls, call.repository, tag)),
  'GET /repos/{owner}/{repo}/git/ref/{ref}': (call) => json(found(refs(call).find(({ ref }) => ref === `refs/${param(call, 'ref')}`))),
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': (call) =>
    arrayAnswer(pageOf(call, refs(call).filter(({ ref }) => ref.startsWith(`refs/${param(call, 'ref')}`))), (one) => one),
  'GET /repos/{owner}/{repo}/git/tags/{tag_sha}': (call) => {
    const { repository, urls } = call;
    const tag = found([...repository.tags.values()].find(({ annotation }) => annotation?.sha === param(call, 'tag_sha')));
    const { annotation } = tag;
    const api = repositoryApi(urls, repository);
    return json({
      node_id: nodeId('Tag', repository.id, annotation?.sha ?? ''),
      tag: tag.name,
      sha: annotation?.sha,
      url: `${api}/git/tags/${annotation?.sha}`,
      message: annotation?.message,
      tagger: {
        name: annotation?.tagger ?? '', email: `${annotation?.tagger}@users.noreply.github.com`, date: new Date(annotation?.at ?? 0).toISOString(),
      },
      object: { sha: tag.commit, type: 'commit', url: `${api}/git/commits/${tag.commit}` },
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    });
  },
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': (call) => {
    const contexts = call.repository.requiredChecks.get(param(call, 'branch')) ?? [];
    return json(contexts.length === 0 ? [] : [{
      type: 'required_status_checks',
      ruleset_source_type: 'Repository',
      ruleset_source: `${call.repository.owner}/${call.repository.name}`,
      ruleset_id: 4201,
      parameters: {
        strict_required_status_checks_policy: false,
        required_status_checks: contexts.map((context) => ({ context, integration_id: 15_368 })),
      },
    }]);
  },
};

function compare(call: RepositoryCall): SimResponse {
  const { repository, urls, query } = call;
  const [baseName, headName] = param(call, 'basehead').split('...');
  const base = found(resolveRef(repository, withoutOwner(baseName ?? '')));
  const head = found(resolveRef(repository, withoutOwner(headName ?? '')));
  const comparison = compareCommits(repository, base, head);
  if (!comparison) throw notFound();
  const paged = query.has('page') || query.has('per_page');
  const page = pageOf(call, comparison.ahead, { perPage: paged ? 30 : MAX_COMPARED, max: paged ? 100 : MAX_COMPARED });
  const place = `compare/${encodeURIComponent(baseName ?? '')}...${encodeURIComponent(headName ?? '')}`;
  const html = `${repositoryPage(urls, repository)}/${place}`;
  const isFirst = !query.has('page') || query.get('page') === '1';
  return json({
    url: `${repositoryApi(urls, repository)}/${place}`,
    html_url: html,
    permalink_url: `${repositoryPage(urls, repository)}/compare/${repository.owner}:${base.sha.slice(0, 7)}...${repository.owner}:${head.sha.slice(0, 7)}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: wire(call, base),
    merge_base_commit: wire(call, comparison.mergeBase),
    status: comparison.status,
    ahead_by: comparison.ahead.length,
    behind_by: comparison.behindBy,
    total_commits: comparison.ahead.length,
    commits: page.items.map((one) => wire(call, one)),
    files: isFirst ? changedFiles(urls, repository, comparison.ahead).slice(0, 300) : [],
  }, 200, paged ? page.headers : {});
}

/** Every `git-ref` of the repository, by name. */
export function refs({ repository, urls }: RepositoryCall): { ref: string; node_id: string; url: string; object: Record<string, unknown> }[] {
  const api = repositoryApi(urls, repository);
  const entry = (ref: string, type: 'commit' | 'tag', sha: string): ReturnType<typeof refs>[number] => ({
    ref,
    node_id: nodeId('Ref', repository.id, ref),
    url: `${api}/git/${ref}`,
    object: { sha, type, url: `${api}/git/${type}s/${sha}` },
  });
  return [
    ...[...repository.branches].map(([name, sha]) => entry(`refs/heads/${name}`, 'commit', sha)),
    ...[...repository.tags.values()].map(({ name, commit, annotation }) =>
      entry(`refs/tags/${name}`, annotation ? 'tag' : 'commit', annotation?.sha ?? commit)),
  ].sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

function listedBranches({ repository, query }: RepositoryCall): [string, string][] {
  const isProtected = query.get('protected');
  return [...repository.branches]
    .filter(([name]) => isProtected === null || repository.requiredChecks.has(name) === (isProtected === 'true'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function protection({ repository, urls }: RepositoryCall, name: string): Record<string, unknown> {
  const contexts = repository.requiredChecks.get(name);
  return {
    protected: contexts !== undefined,
    protection: {
      enabled: contexts !== undefined,
      required_status_checks: {
        enforcement_level: contexts === undefined ? 'off' : 'non_admins',
        contexts: contexts ?? [],
        checks: (contexts ?? []).map((context) => ({ context, app_id: 15_368 })),
      },
    },
    protection_url: `${repositoryApi(urls, repository)}/branches/${name}/protection`,
  };
}

function wire(call: RepositoryCall, commit: Commit): Record<string, unknown> {
  return commitWire(call.world, call.urls, call.repository, commit);
}

function withoutOwner(name: string): string {
  return name.replace(/^[^:/]+:/, '');
}
