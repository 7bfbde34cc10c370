import type { Release, Repository, Tag } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import type { World } from '../world/world.ts';
import { simpleUser } from './accountWire.ts';
import { iso, isoOrNull, repositoryApi, repositoryPage, type Urls } from './urls.ts';

/** `release`. */
export function releaseWire(world: World, urls: Urls, repository: Repository, release: Release): Record<string, unknown> {
  const api = repositoryApi(urls, repository);
  const url = `${api}/releases/${release.id}`;
  const tag = encodeURIComponent(release.tagName);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${urls.api}/uploads/repos/${repository.owner}/${repository.name}/releases/${release.id}/assets{?name,label}`,
    html_url: `${repositoryPage(urls, repository)}/releases/tag/${release.draft ? `untagged-${release.id}` : tag}`,
    id: release.id,
    node_id: nodeId('Release', repository.id, release.id),
    tag_name: release.tagName,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    immutable: false,
    prerelease: release.prerelease,
    created_at: iso(commitTime(repository, release) ?? release.createdAt),
    updated_at: iso(release.publishedAt ?? release.createdAt),
    published_at: isoOrNull(release.publishedAt),
    author: simpleUser(urls, world.account(release.author)),
    assets: [],
    tarball_url: release.draft ? null : `${api}/tarball/${tag}`,
    zipball_url: release.draft ? null : `${api}/zipball/${tag}`,
    body: release.body,
  };
}

/** GitHub calls the latest release the one whose *commit* is the youngest, drafts and pre-releases aside. */
export function latestRelease(repository: Repository): Release | undefined {
  const time = (release: Release): number => commitTime(repository, release) ?? 0;
  return repository.releases
    .filter(({ draft, prerelease }) => !draft && !prerelease)
    .reduce<Release | undefined>((best, one) => (best === undefined || time(one) >= time(best) ? one : best), undefined);
}

/** Releases as lists show them: newest first, drafts only to those who may push. */
export function listedReleases(repository: Repository, seesDrafts: boolean): Release[] {
  return repository.releases
    .filter(({ draft }) => seesDrafts || !draft)
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id);
}

/** The commit a release stands on, if its tag exists. */
export function commitTime(repository: Repository, release: Release): number | undefined {
  return repository.commits.get(repository.tags.get(release.tagName)?.commit ?? '')?.at;
}

/** `tag` of the tags list. */
export function tagWire(urls: Urls, repository: Repository, { name, commit }: Tag): Record<string, unknown> {
  const api = repositoryApi(urls, repository);
  return {
    name,
    zipball_url: `${api}/zipball/refs/tags/${name}`,
    tarball_url: `${api}/tarball/refs/tags/${name}`,
    commit: { sha: commit, url: `${api}/commits/${commit}` },
    node_id: nodeId('Ref', repository.id, `refs/tags/${name}`),
  };
}
