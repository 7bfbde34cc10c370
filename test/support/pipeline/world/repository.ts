import { git } from '../workflow/git.ts';

/** A file of a commit. */
export interface RepositoryFile {
  readonly text: string;
  readonly executable?: boolean;
}

/** The files of a commit by their path. */
export type RepositoryFiles = Readonly<Record<string, RepositoryFile>>;

/** A commit of the bare repository. */
export interface OriginCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly files: ReadonlyMap<string, string>;
}

const author = 'Camille Laurent <camille@example.com>';

/** A bare repository whose commits are the same on every machine. */
export class Origin {
  readonly folder: string;
  readonly #commits = new Map<string, OriginCommit>();
  readonly #trees = new Map<string, RepositoryFiles>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes an empty one in a folder that exists. */
  static async create(folder: string): Promise<Origin> {
    await git(folder, ['init', '--quiet', '--bare', '--initial-branch=main']);
    return new Origin(folder);
  }

  /** Every commit made here. */
  get commits(): ReadonlyMap<string, OriginCommit> {
    return this.#commits;
  }

  /** Puts a commit on a branch: its parent's files (without `from`, the branch's; with null, none) and these. */
  async commit(branch: string, message: string, at: number, files: RepositoryFiles = {}, from?: string | null, person = author): Promise<OriginCommit> {
    const parent = from === undefined ? await this.resolve(`refs/heads/${branch}`) : (from ?? undefined);
    const tree = { ...(parent === undefined ? {} : this.#trees.get(parent)), ...files };
    const when = `${Math.floor(at / 1000)} +0000`;
    const changes = Object.entries(files).map(([path, { text, executable }]) => `M ${executable ? '100755' : '100644'} inline ${path}\n${blob(text)}`);
    const start = parent === undefined ? `reset refs/heads/${branch}\n` : '';
    await git(this.folder, ['fast-import', '--quiet', '--force'],
      `${start}commit refs/heads/${branch}\nauthor ${person} ${when}\ncommitter ${person} ${when}\n${blob(message)}${parent === undefined ? '' : `from ${parent}\n`}${changes.join('')}\ndone\n`);
    const sha = (await this.resolve(`refs/heads/${branch}`)) ?? '';
    const made: OriginCommit = {
      sha, message, at: Math.floor(at / 1000) * 1000, parents: parent === undefined ? [] : [parent], files: new Map(Object.entries(tree).map(([path, { text }]) => [path, text])),
    };
    this.#commits.set(sha, made);
    this.#trees.set(sha, tree);
    return made;
  }

  /** The commit of a ref, if there is such a one. */
  async resolve(ref: string): Promise<string | undefined> {
    return (await git(this.folder, ['for-each-ref', '--format=%(objectname)', ref])) || undefined;
  }

  /** Sets a ref, or removes it. */
  async set(ref: string, sha: string | undefined): Promise<void> {
    await git(this.folder, sha === undefined ? ['update-ref', '-d', ref] : ['update-ref', ref, sha]);
  }

  /** All refs with what they point to, by name. */
  async refs(): Promise<Map<string, string>> {
    const lines = await git(this.folder, ['for-each-ref', '--format=%(refname) %(objectname)']);
    return new Map(lines.split('\n').filter((line) => line !== '').map((line) => line.split(' ') as [string, string]));
  }

  /** The files of a commit made here. */
  filesOf(sha: string): RepositoryFiles {
    return this.#trees.get(sha) ?? {};
  }
}

function blob(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
