import type { Repository, Role } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { World } from '../world/world.ts';
import { simpleUser } from './accountWire.ts';
import { iso, repositoryApi, repositoryPage, type Urls } from './urls.ts';

const TEMPLATES = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** `minimal-repository`: what runs, statuses and others embed. */
export function minimalRepository(world: World, urls: Urls, repository: Repository): Record<string, unknown> {
  const url = repositoryApi(urls, repository);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id, repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: repository.private,
    owner: simpleUser(urls, world.account(repository.owner)),
    html_url: repositoryPage(urls, repository),
    description: repository.description,
    fork: repository.parent !== undefined,
    url,
    ...Object.fromEntries(Object.entries(TEMPLATES).map(([name, path]) => [name, url + path])),
  };
}

/** `full-repository`, with what `role` allows. The newer REST version leaves `has_downloads` and others out. */
export function fullRepository(
  world: World, urls: Urls, repository: Repository, role: Role, apiVersion: string,
): Record<string, unknown> {
  const page = repositoryPage(urls, repository);
  const { parent } = repository;
  return {
    ...commonRepository(world, urls, repository, apiVersion),
    permissions: permissionsOf(role),
    temp_clone_token: '',
    allow_rebase_merge: true,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_auto_merge: false,
    delete_branch_on_merge: true,
    allow_update_branch: false,
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
    merge_commit_message: 'PR_TITLE',
    merge_commit_title: 'MERGE_MESSAGE',
    network_count: 1,
    subscribers_count: 4,
    git_url: `git:${page.replace(/^https?:/, '')}.git`,
    ...(world.account(repository.owner).kind === 'Organization'
      ? { organization: simpleUser(urls, world.account(repository.owner)) }
      : {}),
    ...(parent
      ? { parent: commonRepository(world, urls, parent, apiVersion), source: commonRepository(world, urls, parent, apiVersion) }
      : {}),
  };
}

/** `repository`, as pull requests and forks embed it. */
export function commonRepository(world: World, urls: Urls, repository: Repository, apiVersion: string): Record<string, unknown> {
  const page = repositoryPage(urls, repository);
  const { host } = new URL(urls.web);
  return {
    ...minimalRepository(world, urls, repository),
    created_at: iso(repository.createdAt),
    updated_at: iso(repository.pushedAt),
    pushed_at: iso(repository.pushedAt),
    git_url: `git://${host}/${repository.owner}/${repository.name}.git`,
    ssh_url: `git@${host}:${repository.owner}/${repository.name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    size: 2140,
    stargazers_count: 3,
    watchers_count: 3,
    watchers: 3,
    language: 'TypeScript',
    has_issues: true,
    has_projects: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    ...(apiVersion < '2026-03-10' ? { has_downloads: true, use_squash_pr_title_as_default: false } : {}),
    forks_count: 1,
    forks: 1,
    archived: repository.archived,
    disabled: false,
    open_issues_count: 7,
    open_issues: 7,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
  };
}

const RANKS: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/** Whether a role includes another. */
export function includesRole(role: Role | undefined, wanted: Role): boolean {
  return role !== undefined && RANKS.indexOf(role) >= RANKS.indexOf(wanted);
}

/** A role as REST's `permissions` object. */
export function permissionsOf(role: Role): Record<string, boolean> {
  return {
    admin: role === 'admin',
    maintain: includesRole(role, 'maintain'),
    push: includesRole(role, 'write'),
    triage: includesRole(role, 'triage'),
    pull: true,
  };
}
