import { commitTime, latestRelease } from '../wire/releaseWire.ts';
import { iso, isoOrNull, repositoryPage } from '../wire/urls.ts';
import type { Release, Repository } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { Graph, GraphNode } from './graph.ts';

/** A `Release`; a draft has no tag and no commit. */
export function releaseNode(graph: Graph, repository: Repository, release: Release): GraphNode {
  const tag = release.draft ? undefined : repository.tags.get(release.tagName);
  const commit = tag && repository.commits.get(tag.commit);
  const author = graph.world.account(release.author);
  const path = `/releases/tag/${release.draft ? `untagged-${release.id}` : encodeURIComponent(release.tagName)}`;
  return {
    __typename: 'Release',
    fields: {
      id: nodeId('Release', repository.id, release.id),
      databaseId: release.id,
      name: release.name,
      tagName: release.tagName,
      description: release.body,
      isDraft: release.draft,
      isPrerelease: release.prerelease,
      isLatest: () => latestRelease(repository) === release,
      createdAt: iso(commitTime(repository, release) ?? release.createdAt),
      updatedAt: iso(release.publishedAt ?? release.createdAt),
      publishedAt: isoOrNull(release.publishedAt),
      url: repositoryPage(graph.urls, repository) + path,
      resourcePath: `/${repository.owner}/${repository.name}${path}`,
      author: () => (author.kind === 'User' ? graph.nodes.actor(graph, author) : null),
      tag: () => (tag ? graph.nodes.tag(graph, repository, tag) : null),
      tagCommit: () => (commit ? graph.nodes.commit(graph, repository, commit) : null),
    },
  };
}
