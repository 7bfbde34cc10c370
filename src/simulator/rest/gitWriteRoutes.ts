import { empty, json, type SimResponse } from '../http.ts';
import { personName } from '../wire/commitWire.ts';
import { repositoryApi } from '../wire/urls.ts';
import { blobSha, commitSha, rootSha, type Signature, type Snapshot } from '../world/gitObjects.ts';
import { compareCommits } from '../world/history.ts';
import type { Commit, FileChange } from '../world/model.ts';
import { isGranted } from '../world/tokens.ts';
import { push } from '../world/triggers.ts';
import { found, mayWrite, notForFineGrained, notFound, param, Refusal, unprocessable, type RepositoryCall } from './call.ts';
import { findBlob, findTree, gitCommitWire, treeWire } from './gitObjectRoutes.ts';
import { refs } from './gitRoutes.ts';
import type { RepositoryRoutes } from './routes.ts';

const WORKFLOWS = /^\.github\/workflows\/[^/]+$/;

/** Git's own objects and refs, written. What is made here has the name that git itself would give it. */
export const gitWriteRoutes: RepositoryRoutes = {
  'POST /repos/{owner}/{repo}/git/blobs': createBlob,
  'POST /repos/{owner}/{repo}/git/trees': createTree,
  'POST /repos/{owner}/{repo}/git/commits': createCommit,
  'POST /repos/{owner}/{repo}/git/refs': createRef,
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': updateRef,
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}': deleteRef,
};

function createBlob(call: RepositoryCall): SimResponse {
  mayPush(call);
  const { body, repository, urls } = call;
  if (typeof body['content'] !== 'string') throw missing('content');
  const content = body['encoding'] === 'base64' ? Buffer.from(body['content'], 'base64').toString() : body['content'];
  const sha = blobSha(content);
  repository.looseBlobs.set(sha, content);
  return json({ sha, url: `${repositoryApi(urls, repository)}/git/blobs/${sha}` }, 201);
}

function createTree(call: RepositoryCall): SimResponse {
  mayPush(call);
  const { body, repository } = call;
  const entries = body['tree'];
  if (!Array.isArray(entries) || entries.length === 0) throw unprocessable('Invalid tree info');
  const baseName = body['base_tree'];
  const base = typeof baseName === 'string' ? findTree(repository, baseName) : undefined;
  if (baseName !== undefined && base?.path !== '') throw notFound();
  const files = new Map(base?.snapshot.files);
  const executables = new Set(base?.snapshot.executables);
  for (const entry of entries as readonly Readonly<Record<string, unknown>>[]) lay(call, entry, files, executables);
  mayTouchWorkflows(call, files, base?.snapshot.files);
  const snapshot: Snapshot = { files, executables };
  repository.looseTrees.set(rootSha(snapshot), snapshot);
  return json(treeWire(call, snapshot, ''), 201);
}

function lay(call: RepositoryCall, entry: Readonly<Record<string, unknown>>, files: Map<string, string>, executables: Set<string>): void {
  const { path, mode, type, content } = entry;
  const sha = typeof entry['sha'] === 'string' ? entry['sha'] : '';
  if (typeof path !== 'string' || path === '' || /^\/|\/$|\/\/|(^|\/)\.{1,2}(\/|$)|(^|\/)\.git(\/|$)/.test(path)) throw unprocessable('tree.path contains a malformed path component');
  if (typeof mode !== 'string' || !['100644', '100755', '040000', '160000', '120000'].includes(mode)) throw unprocessable('Must supply a valid tree.mode');
  for (const known of files.keys()) {
    if (known !== path && !known.startsWith(`${path}/`) && !path.startsWith(`${known}/`)) continue;
    files.delete(known);
    executables.delete(known);
  }
  if (entry['sha'] === null) return;
  if (type === 'tree' || mode === '040000') {
    const part = found(findTree(call.repository, sha));
    const prefix = part.path === '' ? '' : `${part.path}/`;
    for (const [name, text] of part.snapshot.files) {
      if (!name.startsWith(prefix)) continue;
      files.set(`${path}/${name.slice(prefix.length)}`, text);
      if (part.snapshot.executables?.has(name)) executables.add(`${path}/${name.slice(prefix.length)}`);
    }
    return;
  }
  const text = typeof content === 'string' ? content : findBlob(call.repository, sha);
  if (text === undefined) throw unprocessable(`tree.sha ${sha} is not a valid blob`);
  files.set(path, text);
  if (mode === '100755') executables.add(path);
}

function createCommit(call: RepositoryCall): SimResponse {
  mayPush(call);
  const { world, body, repository, login } = call;
  const { message, parents = [] } = body;
  if (typeof message !== 'string') throw missing('message');
  const tree = findTree(repository, String(body['tree']));
  if (tree?.path !== '') throw unprocessable('Tree SHA does not exist');
  if (!Array.isArray(parents) || parents.some((sha) => !repository.commits.has(String(sha)))) {
    throw unprocessable('Parent SHA does not exist or is not a commit object');
  }
  const own: Signature = { ...personName(world, login), at: world.now };
  const author = signature(body['author'], own);
  const committer = signature(body['committer'], author);
  const snapshot = tree.snapshot;
  const sha = commitSha({ tree: rootSha(snapshot), parents: parents.map(String), author, committer, message });
  const known = repository.commits.get(sha);
  const commit: Commit = known ?? {
    sha,
    message,
    author: login,
    ...(author.email === own.email && author.name === own.name ? {} : { person: { name: author.name, email: author.email } }),
    at: Math.floor(committer.at / 1000) * 1000,
    order: repository.commits.size,
    parents: parents.map(String),
    changes: changesBetween(repository.commits.get(String(parents[0]))?.files, snapshot.files),
    files: snapshot.files,
    ...(snapshot.executables ? { executables: snapshot.executables } : {}),
  };
  repository.commits.set(sha, commit);
  return json(gitCommitWire(call, commit), 201);
}

function createRef(call: RepositoryCall): SimResponse {
  mayPush(call);
  const { ref, sha } = call.body;
  if (typeof ref !== 'string' || !/^refs\/[^/]+\/.+$/.test(ref)) throw unprocessable("Reference name must start with 'refs/' and contain at least one slash.");
  if (!isRefName(ref)) throw unprocessable(`${ref} is not a valid ref name.`);
  if (typeof sha !== 'string') throw missing('sha');
  if (refs(call).some((one) => one.ref === ref)) throw unprocessable('Reference already exists');
  point(call, ref, sha);
  return json(found(refs(call).find((one) => one.ref === ref)), 201);
}

function updateRef(call: RepositoryCall): SimResponse {
  mayPush(call);
  const ref = `refs/${param(call, 'ref')}`;
  const before = refs(call).find((one) => one.ref === ref);
  if (!before) throw unprocessable('Reference does not exist');
  const { sha, force } = call.body;
  const [from, to] = [call.repository.commits.get(String(before.object['sha'])), call.repository.commits.get(String(sha))];
  if (!to) throw unprocessable('Object does not exist');
  const way = from && compareCommits(call.repository, from, to)?.status;
  if (force !== true && way !== 'ahead' && way !== 'identical') throw unprocessable('Update is not a fast forward');
  if (way !== 'identical') point(call, ref, to.sha);
  return json(refs(call).find((one) => one.ref === ref));
}

function deleteRef(call: RepositoryCall): SimResponse {
  mayPush(call);
  const { repository } = call;
  const ref = `refs/${param(call, 'ref')}`;
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (kind === 'heads' && name === repository.defaultBranch) throw unprocessable('Cannot delete the default branch');
  if (!(kind === 'heads' ? repository.branches : repository.tags).delete(name)) throw unprocessable('Reference does not exist');
  return empty();
}

/** Branches are pushed, so that workflows hear of it. */
function point(call: RepositoryCall, ref: string, sha: string): void {
  const { world, repository, login } = call;
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  const annotated = [...repository.tags.values()].find(({ annotation }) => annotation?.sha === sha);
  const commit = repository.commits.get(annotated && kind === 'tags' ? annotated.commit : sha);
  if (!commit || kind === undefined) throw unprocessable('Object does not exist');
  mayTouchWorkflows(call, commit.files, repository.commits.get(commit.parents[0] ?? '')?.files);
  if (kind === 'heads') push(world, repository, name, commit, login);
  else repository.tags.set(name, annotated ? { ...annotated, name } : { name, commit: commit.sha });
}

function mayPush(call: RepositoryCall): void {
  mayWrite(call, 'contents=write');
  if (call.repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.');
  if (call.repository.commits.size === 0) throw new Refusal(409, 'Git Repository is empty.');
}

/**
 * Workflow files ask for more than write access, unless a branch holds the very same file. GitHub answers a classic token without the
 * scope `workflow` as if there were no such address (octokit/rest.js#368, github/docs#4770).
 */
function mayTouchWorkflows({ token, repository }: RepositoryCall, files: ReadonlyMap<string, string>, before: ReadonlyMap<string, string> | undefined): void {
  if (token.kind === 'fineGrained' ? isGranted(token, 'workflows=write') : token.scopes.includes('workflow')) return;
  const heads = [...repository.branches.values()].map((sha) => repository.commits.get(sha)?.files);
  const isNew = [...files].some(([path, text]) => WORKFLOWS.test(path) && before?.get(path) !== text && !heads.some((head) => head?.get(path) === text));
  if (!isNew) return;
  throw token.kind === 'fineGrained' ? notForFineGrained('workflows=write') : notFound();
}

function changesBetween(before: ReadonlyMap<string, string> | undefined, after: ReadonlyMap<string, string>): FileChange[] {
  return [...new Set([...(before?.keys() ?? []), ...after.keys()])]
    .filter((path) => before?.get(path) !== after.get(path))
    .map((path) => ({ path, additions: linesOf(after.get(path)), deletions: linesOf(before?.get(path)) }));
}

function linesOf(text = ''): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

function signature(given: unknown, fallback: Signature): Signature {
  const one = (given ?? {}) as Readonly<Record<string, unknown>>;
  const date = typeof one['date'] === 'string' ? Date.parse(one['date']) : fallback.at;
  return {
    name: typeof one['name'] === 'string' ? one['name'] : fallback.name,
    email: typeof one['email'] === 'string' ? one['email'] : fallback.email,
    at: Number.isNaN(date) ? fallback.at : date,
  };
}

/** Git's rules for the names of refs, as far as anybody here would break them. */
function isRefName(ref: string): boolean {
  return !/[\s~^:?*[\\\u007f]|\.\.|@\{|\/\/|\/\.|\.$|\/$|\.lock$/.test(ref);
}

function missing(name: string): Refusal {
  return unprocessable(`Invalid request.\n\n"${name}" wasn't supplied.`);
}
