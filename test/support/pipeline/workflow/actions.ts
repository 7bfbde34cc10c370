import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { git } from './git.ts';
import type { Permissions } from './workflow.ts';

/** What an action works with. */
export interface ActionCall {
  readonly workspace: string;
  /** A bare repository. */
  readonly origin: string;
  /** Where the repository says it is, for the remote's address. */
  readonly repositoryUrl: string;
  /** The artifacts of the run, one folder each. */
  readonly artifacts: string;
  readonly permissions: Permissions;
  readonly sha: string;
  readonly branch: string;
}

type Inputs = Readonly<Record<string, string>>;

/** Does what one of GitHub's own actions does, at any version. Throws on other actions and on inputs it does not know. */
export async function runAction(uses: string, inputs: Inputs, call: ActionCall): Promise<void> {
  const name = uses.replace(/@.*/, '');
  if (name === 'actions/checkout') return checkOut(only(uses, inputs, 'ref', 'path', 'fetch-depth', 'persist-credentials', 'fetch-tags'), call);
  if (name === 'actions/upload-artifact') return upload(only(uses, inputs, 'name', 'path', 'if-no-files-found', 'retention-days', 'compression-level', 'overwrite', 'include-hidden-files'), call);
  if (name === 'actions/download-artifact') return download(only(uses, inputs, 'name', 'path'), call);
  throw new Error(`The test's runner does not know the action ${uses}.`);
}

/**
 * One commit, or with depth 0 all branches and tags. A branch's commit is checked out as that branch, any other detached. Objects
 * are borrowed from origin instead of copied.
 */
async function checkOut(inputs: Inputs, { workspace, origin, repositoryUrl, permissions, sha, branch }: ActionCall): Promise<void> {
  if (permissions['contents'] !== 'read' && permissions['contents'] !== 'write') throw new Error('remote: Write access to repository not granted (contents: read is missing).');
  const folder = join(workspace, inputs['path'] ?? '.');
  const at = (path: string): string => join(folder, '.git', path);
  const wanted = inputs['ref'] || sha;
  const depth = inputs['fetch-depth'] ?? '1';
  if (depth !== '0' && depth !== '1') throw new Error(`The test's runner knows the depths 0 and 1 only, not ${depth}.`);
  const refs = (await git(origin, ['for-each-ref', '--format=%(refname) %(objectname)'])).split('\n').map((line) => line.split(' ') as [string, string]);
  const named = refs.find(([ref]) => ref === `refs/heads/${wanted}` || ref === `refs/tags/${wanted}`)?.[1];
  if (named === undefined && !/^[0-9a-f]{40}$/.test(wanted)) throw new Error(`A branch or tag with the name '${wanted}' could not be found.`);
  const commit = named ?? wanted;
  for (const path of ['objects/info', 'refs/heads']) await mkdir(at(path), { recursive: true });
  await writeFile(at('objects/info/alternates'), `${join(origin, 'objects')}\n`);
  await writeFile(at('HEAD'), 'ref: refs/heads/none\n');
  // Without credentials a private repository cannot be reached any more.
  await writeFile(at('config'), `[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote "origin"]\n\turl = ${repositoryUrl}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`);
  if (depth === '1') await writeFile(at('shallow'), `${commit}\n`);
  else await writeFile(at('packed-refs'), refs.map(([ref, name]) => `${name} ${ref.replace('refs/heads/', 'refs/remotes/origin/')}\n`).join(''));
  const isBranch = !inputs['ref'] || wanted === branch;
  await git(folder, ['checkout', '--quiet', '--force', ...(isBranch ? ['-B', branch] : ['--detach']), commit]);
}

/** A file or a folder; what an artifact holds loses its permissions, as GitHub's archives do. */
async function upload(inputs: Inputs, { workspace, artifacts }: ActionCall): Promise<void> {
  const { name = 'artifact', path = '' } = inputs;
  if (/[*?[\n]/.test(path)) throw new Error(`Only one plain path can be uploaded by the test's runner, not ${path}.`);
  const source = join(workspace, path);
  const target = join(artifacts, name);
  if (!existsSync(source)) {
    if (inputs['if-no-files-found'] !== 'error') return;
    throw new Error(`No files were found with the provided path: ${path}.`);
  }
  if (existsSync(target) && inputs['overwrite'] !== 'true') throw new Error(`An artifact called ${name} exists already in this run.`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  if ((await stat(source)).isDirectory()) await cp(source, target, { recursive: true });
  else await copyFile(source, join(target, basename(source)));
}

async function download(inputs: Inputs, { workspace, artifacts }: ActionCall): Promise<void> {
  const { name = '', path = '.' } = inputs;
  const source = join(artifacts, name);
  if (name === '' || !existsSync(source)) throw new Error(`Unable to find an artifact with the name: ${name}.`);
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(workspace, path, from.slice(source.length + 1));
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
    await chmod(to, 0o644);
  }
}

function only(uses: string, inputs: Inputs, ...known: readonly string[]): Inputs {
  const unknown = Object.keys(inputs).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`The test's runner does not know ${unknown.join(', ')} of ${uses}.`);
  return inputs;
}
