import { publicUser } from '../wire/accountWire.ts';
import type { Account, Team } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { Graph, GraphNode } from './graph.ts';

/** A `User`, `Bot` or `Organization`. Bots lose the `[bot]` that REST gives them. */
export function actorNode({ urls }: Graph, account: Account): GraphNode {
  const wire = publicUser(urls, account);
  return {
    __typename: account.kind,
    fields: {
      id: nodeId(account.kind, 0, account.login),
      databaseId: account.id,
      login: account.kind === 'Bot' ? account.login.replace(/\[bot\]$/, '') : account.login,
      url: wire['html_url'],
      resourcePath: `/${account.login}`,
      avatarUrl: wire['avatar_url'],
      ...(account.kind === 'Bot' ? {} : { name: account.name, email: '' }),
    },
  };
}

/** A `Team`. */
export function teamNode({ urls }: Graph, team: Team): GraphNode {
  return {
    __typename: 'Team',
    fields: {
      id: nodeId('Team', 0, team.slug),
      databaseId: team.id,
      name: team.name,
      slug: team.slug,
      combinedSlug: `${team.organization}/${team.slug}`,
      url: `${urls.web}/orgs/${team.organization}/teams/${team.slug}`,
    },
  };
}
