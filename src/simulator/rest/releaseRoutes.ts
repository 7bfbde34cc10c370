import { json, type SimResponse } from '../http.ts';
import { latestRelease, listedReleases, releaseWire } from '../wire/releaseWire.ts';
import { repositoryPage } from '../wire/urls.ts';
import { includesRole } from '../wire/repositoryWire.ts';
import { compareCommits, headOf, resolveRef } from '../world/history.ts';
import type { Commit, Release } from '../world/model.ts';
import { found, mayWrite, param, unprocessable, type RepositoryCall } from './call.ts';
import { arrayAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';

/** Releases and their notes. */
export const releaseRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/releases': (call) =>
    arrayAnswer(pageOf(call, listedReleases(call.repository, seesDrafts(call))), (one) => wire(call, one)),
  'GET /repos/{owner}/{repo}/releases/latest': (call) => json(wire(call, found(latestRelease(call.repository)))),
  'GET /repos/{owner}/{repo}/releases/tags/{tag}': (call) =>
    json(wire(call, found(call.repository.releases.find((one) => !one.draft && one.tagName === param(call, 'tag'))))),
  'GET /repos/{owner}/{repo}/releases/{release_id}': (call) => {
    const id = Number(param(call, 'release_id'));
    return json(wire(call, found(listedReleases(call.repository, seesDrafts(call)).find((one) => one.id === id))));
  },
  'POST /repos/{owner}/{repo}/releases': create,
  'POST /repos/{owner}/{repo}/releases/generate-notes': generateNotes,
};

function create(call: RepositoryCall): SimResponse {
  const { world, repository, body, login } = call;
  mayWrite(call, 'contents=write');
  const tagName = body['tag_name'];
  if (typeof tagName !== 'string' || tagName === '') throw unprocessable('Invalid request.\n\n"tag_name" wasn\'t supplied.');
  if (repository.releases.some((one) => !one.draft && one.tagName === tagName)) {
    throw unprocessable('Validation Failed', [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }]);
  }
  const target = typeof body['target_commitish'] === 'string' ? body['target_commitish'] : repository.defaultBranch;
  const commit = repository.tags.has(tagName) ? undefined : resolveRef(repository, target);
  if (!repository.tags.has(tagName) && !commit) {
    throw unprocessable('Validation Failed', [{ resource: 'Release', code: 'invalid', field: 'target_commitish' }]);
  }
  const draft = body['draft'] === true;
  if (commit && !draft) repository.tags.set(tagName, { name: tagName, commit: commit.sha });
  const release: Release = {
    id: world.id('release'),
    tagName,
    name: typeof body['name'] === 'string' ? body['name'] : tagName,
    body: typeof body['body'] === 'string' ? body['body'] : '',
    target,
    draft,
    prerelease: body['prerelease'] === true,
    author: login,
    createdAt: world.now,
    ...(draft ? {} : { publishedAt: world.now }),
  };
  repository.releases.push(release);
  return json(wire(call, release), 201);
}

function generateNotes(call: RepositoryCall): SimResponse {
  const { repository, body, urls } = call;
  mayWrite(call, 'contents=write');
  const tagName = String(body['tag_name']);
  const target = typeof body['target_commitish'] === 'string' ? body['target_commitish'] : repository.defaultBranch;
  const head = resolveRef(repository, tagName) ?? resolveRef(repository, target) ?? found(headOf(repository, repository.defaultBranch));
  const previous = typeof body['previous_tag_name'] === 'string' ? body['previous_tag_name'] : latestRelease(repository)?.tagName;
  const base = previous === undefined ? undefined : resolveRef(repository, previous);
  const commits: readonly Commit[] = (base && compareCommits(repository, base, head)?.ahead) ?? [];
  const page = repositoryPage(urls, repository);
  const lines = commits.flatMap(({ pullRequest, author }) =>
    pullRequest ? [`* ${pullRequest.title} by @${author} in ${page}/pull/${pullRequest.number}`] : []);
  const range = previous === undefined ? `${page}/commits/${tagName}` : `${page}/compare/${previous}...${tagName}`;
  return json({ name: tagName, body: [`## What's Changed`, ...lines, '', `**Full Changelog**: ${range}`].join('\n') });
}

function wire(call: RepositoryCall, release: Release): Record<string, unknown> {
  return releaseWire(call.world, call.urls, call.repository, release);
}

function seesDrafts({ role }: RepositoryCall): boolean {
  return includesRole(role, 'write');
}
