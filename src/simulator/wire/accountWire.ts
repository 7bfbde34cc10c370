import type { Account, Team } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { Urls } from './urls.ts';

/** `simple-user`. */
export function simpleUser(urls: Urls, { id, login, kind }: Account): Record<string, unknown> {
  const name = encodeURIComponent(login);
  const url = `${urls.api}/users/${name}`;
  return {
    login,
    id,
    node_id: nodeId(kind, 0, login),
    avatar_url: `${urls.web}/avatars/${name}`,
    gravatar_id: '',
    url,
    html_url: `${urls.web}/${name}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: kind,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** `public-user`: somebody's own profile. */
export function publicUser(urls: Urls, account: Account): Record<string, unknown> {
  return {
    ...simpleUser(urls, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 2,
    public_gists: 0,
    followers: 4,
    following: 4,
    created_at: '2019-03-01T09:00:00Z',
    updated_at: '2026-01-05T09:00:00Z',
  };
}

/** `team`. */
export function teamWire(urls: Urls, { id, name, slug, organization }: Team): Record<string, unknown> {
  return {
    id,
    node_id: nodeId('Team', 0, slug),
    name,
    slug,
    description: '',
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'push',
    url: `${urls.api}/organizations/1/team/${id}`,
    html_url: `${urls.web}/orgs/${organization}/teams/${slug}`,
    members_url: `${urls.api}/organizations/1/team/${id}/members{/member}`,
    repositories_url: `${urls.api}/organizations/1/team/${id}/repos`,
    type: 'organization',
    organization_id: 1,
    parent: null,
  };
}

/** The app behind everything that Actions does by itself (`integration`). */
export function actionsApp(urls: Urls, owner: Account): Record<string, unknown> {
  return {
    id: 15_368,
    slug: 'github-actions',
    node_id: 'MDM6QXBwMTUzNjg=',
    owner: simpleUser(urls, owner),
    name: 'GitHub Actions',
    description: 'Automate your workflow from idea to production',
    external_url: 'https://help.github.com/en/actions',
    html_url: `${urls.web}/apps/github-actions`,
    created_at: '2018-07-30T09:30:17Z',
    updated_at: '2025-03-07T16:35:00Z',
    permissions: { actions: 'write', checks: 'write', contents: 'write', deployments: 'write', metadata: 'read', statuses: 'write' },
    events: ['check_run', 'deployment', 'push', 'workflow_dispatch', 'workflow_run'],
  };
}
