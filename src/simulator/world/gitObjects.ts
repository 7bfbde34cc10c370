import { createHash } from 'node:crypto';

/** What a commit's tree is made of, flat: texts by path, and which of them are executable. */
export interface Snapshot {
  readonly files: ReadonlyMap<string, string>;
  readonly executables?: ReadonlySet<string>;
}

/** One line of a folder. */
export interface TreeEntry {
  readonly name: string;
  readonly mode: '100644' | '100755' | '040000';
  readonly sha: string;
}

/** A folder under the name that git itself would give it. */
export interface Folder {
  readonly sha: string;
  readonly entries: readonly TreeEntry[];
}

/** Author or committer as a commit names them. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Milliseconds since the epoch; git keeps whole seconds. */
  readonly at: number;
}

const NO_EXECUTABLES: ReadonlySet<string> = new Set();
const known = new WeakMap<ReadonlyMap<string, string>, { readonly executables: ReadonlySet<string>; readonly folders: ReadonlyMap<string, Folder> }>();

/** A blob's name from its content. */
export function blobSha(content: string): string {
  return named('blob', Buffer.from(content));
}

/** Every folder of a snapshot by its path, the root under the empty one. */
export function foldersOf({ files, executables = NO_EXECUTABLES }: Snapshot): ReadonlyMap<string, Folder> {
  const before = known.get(files);
  if (before?.executables === executables) return before.folders;
  const root: Branch = new Map();
  for (const path of files.keys()) plant(root, path);
  const folders = new Map<string, Folder>();
  grow('', root, { files, executables }, folders);
  known.set(files, { executables, folders });
  return folders;
}

/** The name of a snapshot's root folder. */
export function rootSha(snapshot: Snapshot): string {
  return foldersOf(snapshot).get('')?.sha ?? '';
}

/** A commit's name from all that it says, in UTC. */
export function commitSha(commit: {
  readonly tree: string; readonly parents: readonly string[]; readonly author: Signature; readonly committer: Signature; readonly message: string;
}): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signed(commit.author)}`,
    `committer ${signed(commit.committer)}`,
    '',
    commit.message,
  ];
  return named('commit', Buffer.from(lines.join('\n')));
}

/** An annotated tag's name. */
export function tagSha(tag: { readonly object: string; readonly name: string; readonly tagger: Signature; readonly message: string }): string {
  const lines = [`object ${tag.object}`, 'type commit', `tag ${tag.name}`, `tagger ${signed(tag.tagger)}`, '', tag.message];
  return named('tag', Buffer.from(lines.join('\n')));
}

type Branch = Map<string, Branch | string>;

/** Where a file's path runs through another file, the longer path wins; git could not hold both. */
function plant(root: Branch, path: string): void {
  let at = root;
  const names = path.split('/');
  const last = names.pop() ?? '';
  for (const name of names) {
    const next = at.get(name);
    if (next instanceof Map) at = next;
    else {
      const fresh: Branch = new Map();
      at.set(name, fresh);
      at = fresh;
    }
  }
  if (!(at.get(last) instanceof Map)) at.set(last, path);
}

function grow(path: string, branch: Branch, snapshot: Required<Snapshot>, folders: Map<string, Folder>): Folder {
  const entries = [...branch].map(([name, child]): TreeEntry => {
    if (child instanceof Map) return { name, mode: '040000', sha: grow(path === '' ? name : `${path}/${name}`, child, snapshot, folders).sha };
    return { name, mode: snapshot.executables.has(child) ? '100755' : '100644', sha: blobSha(snapshot.files.get(child) ?? '') };
  }).sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  const lines = entries.flatMap(({ name, mode, sha }) => [Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(sha, 'hex')]);
  const folder = { sha: named('tree', Buffer.concat(lines)), entries };
  folders.set(path, folder);
  return folder;
}

/** Git sorts a folder as if its name ended in a slash. */
function sortKey({ name, mode }: TreeEntry): Buffer {
  return Buffer.from(mode === '040000' ? `${name}/` : name);
}

function signed({ name, email, at }: Signature): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000`;
}

function named(type: string, content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}
