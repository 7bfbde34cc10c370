import { json, text, type SimResponse } from '../http.ts';
import { repositoryApi, repositoryPage } from '../wire/urls.ts';
import { blobSha, foldersOf, type Folder } from '../world/gitObjects.ts';
import { resolveRef } from '../world/history.ts';
import { found, notFound, param, type RepositoryCall } from './call.ts';
import type { RepositoryRoutes } from './routes.ts';

/** Files and folders of a commit, as objects or raw. */
export const contentRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/contents/{path}': contents,
};

function contents(call: RepositoryCall): SimResponse {
  const { repository, query, request } = call;
  const ref = query.get('ref') ?? repository.defaultBranch;
  const path = param(call, 'path').replace(/^\/+|\/+$/g, '');
  const commit = found(resolveRef(repository, ref));
  const accept = request.headers['accept'] ?? '';
  const content = commit.files.get(path);
  if (content !== undefined) {
    if (/\braw\b/.test(accept)) return text(content, 200, { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' });
    return json({ ...entry(call, ref, path, content), content: base64Lines(content), encoding: 'base64' });
  }
  const children = childrenOf(commit.files, path);
  if (children.length === 0 && path !== '') throw notFound();
  const entries = children.map(({ path: child, content: inside }) =>
    entry(call, ref, child, inside ?? foldersOf(commit).get(child)));
  if (!/\bobject\b/.test(accept)) return json(entries);
  return json({ ...entry(call, ref, path, foldersOf(commit).get(path)), entries }, 200, { 'x-github-media-type': 'github.v3; param=object; format=json' });
}

/** What lies directly in a folder; a child without content is a folder. */
export function childrenOf(files: ReadonlyMap<string, string>, folder: string): { name: string; path: string; content: string | undefined }[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const children = new Map<string, { name: string; path: string; content: string | undefined }>();
  for (const [path, content] of files) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...deeper] = path.slice(prefix.length).split('/');
    children.set(name, { name, path: prefix + name, content: deeper.length > 0 ? undefined : content });
  }
  return [...children.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entry(call: RepositoryCall, ref: string, path: string, what: string | Folder | undefined): Record<string, unknown> {
  const { repository, urls } = call;
  const api = repositoryApi(urls, repository);
  const page = repositoryPage(urls, repository);
  const type = typeof what === 'string' ? 'file' : 'dir';
  const sha = typeof what === 'string' ? blobSha(what) : (what?.sha ?? '');
  const url = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/${type === 'file' ? 'blobs' : 'trees'}/${sha}`;
  const html = `${page}/${type === 'file' ? 'blob' : 'tree'}/${ref}/${path}`;
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha,
    size: typeof what === 'string' ? byteLength(what) : 0,
    url,
    html_url: html,
    git_url: git,
    download_url: type === 'file' ? `${page}/raw/${ref}/${path}` : null,
    type,
    _links: { self: url, git, html },
  };
}

function base64Lines(content: string): string {
  const bytes = new TextEncoder().encode(content);
  const encoded = btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
  return encoded.replace(/.{60}/g, '$&\n') + (encoded === '' ? '' : '\n');
}

function byteLength(content: string): number {
  return new TextEncoder().encode(content).length;
}
