import { Disposable, extensions, workspace } from 'vscode';
import type { Log } from '../core/log.ts';
import type { GitApi, GitApiRepository, GitExtension } from './gitExtension.ts';
import { readGitFolder, type GitClone, type GitRemote } from './gitFolder.ts';

/**
 * The clones of this window with all their remotes. Git's own files answer at once; the built-in git extension adds what it
 * finds (sub-folders, submodules) and tells of changes, and is not needed when it is disabled.
 */
export class GitRepositories implements Disposable {
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();
  readonly #subscriptions: Disposable[] = [];
  readonly #watched = new Map<GitApiRepository, Disposable>();
  #fromFiles: readonly GitClone[] = [];
  #api: GitApi | undefined;
  #known = '';
  #disposed = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Reads the folders, then listens; resolves with the first answer, before the git extension has started. */
  async start(): Promise<void> {
    this.#subscriptions.push(workspace.onDidChangeWorkspaceFolders(() => void this.#readFolders()));
    await this.#readFolders();
    void this.#startExtension();
  }

  /** Each clone once, by its root. */
  get all(): readonly GitClone[] {
    const byRoot = new Map(this.#fromFiles.map((clone) => [clone.root, clone]));
    for (const repository of this.#api?.repositories ?? []) {
      const { rootUri, state } = repository;
      const remotes = state.remotes.flatMap(({ name, fetchUrl, pushUrl }): GitRemote[] => {
        const url = fetchUrl ?? pushUrl;
        return url === undefined ? [] : [{ name, url }];
      });
      if (remotes.length > 0 || !byRoot.has(rootUri.fsPath)) byRoot.set(rootUri.fsPath, { root: rootUri.fsPath, remotes });
    }
    return [...byRoot.values()];
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#disposed = true;
    Disposable.from(...this.#subscriptions, ...this.#watched.values()).dispose();
    this.#watched.clear();
    this.#listeners.clear();
  }

  async #readFolders(): Promise<void> {
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const clones = await Promise.all(folders.map(({ uri }) => readGitFolder(uri.fsPath)));
    if (this.#disposed) return;
    this.#fromFiles = clones.filter((clone) => clone !== undefined);
    this.#tell();
  }

  async #startExtension(): Promise<void> {
    try {
      const extension = extensions.getExtension<GitExtension>('vscode.git');
      if (!extension) return;
      const git = extension.isActive ? extension.exports : await extension.activate();
      if (this.#disposed) return;
      this.#subscriptions.push(git.onDidChangeEnablement(() => this.#useApi(git)));
      this.#useApi(git);
    } catch (error) {
      this.#log.warn(`The git extension did not start (${error instanceof Error ? error.message : String(error)}); git's files are read instead.`);
    }
  }

  #useApi(git: GitExtension): void {
    if (!git.enabled) {
      this.#api = undefined;
      this.#tell();
      return;
    }
    const api = git.getAPI(1);
    this.#api = api;
    for (const repository of api.repositories) this.#watch(repository);
    this.#subscriptions.push(
      api.onDidOpenRepository((repository) => {
        this.#watch(repository);
        this.#tell();
      }),
      api.onDidCloseRepository((repository) => {
        this.#watched.get(repository)?.dispose();
        this.#watched.delete(repository);
        this.#tell();
      }),
      api.onDidChangeState(() => this.#tell()),
    );
    this.#tell();
  }

  #watch(repository: GitApiRepository): void {
    if (this.#watched.has(repository)) return;
    this.#watched.set(repository, repository.state.onDidChange(() => this.#tell()));
  }

  #tell(): void {
    if (this.#disposed) return;
    const known = JSON.stringify(this.all);
    if (known === this.#known) return;
    this.#known = known;
    for (const listener of this.#listeners) listener();
  }
}
