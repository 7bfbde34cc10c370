import { Disposable, EventEmitter, Range } from './basics.ts';
import type { FakeDocument } from './problems.ts';
import { Uri } from './uri.ts';

type Scopes = { readonly globalValue?: unknown; readonly workspaceValue?: unknown; readonly workspaceFolderValue?: unknown; readonly defaultValue?: unknown };
interface ContentProvider {
  readonly onDidChange?: (listener: (uri: Uri) => unknown) => { dispose(): unknown };
  provideTextDocumentContent(uri: Uri, token: unknown): string | null | undefined | PromiseLike<string | null | undefined>;
}

/** What the fake workspace holds, for tests to steer. */
export const workspaceState = {
  /** Full setting names (`boussole.notifications`) with their values by scope. */
  settings: new Map<string, Scopes>(),
  configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
  trust: new EventEmitter<void>(),
  folders: new EventEmitter<unknown>(),
  opened: new EventEmitter<FakeDocument>(),
  changed: new EventEmitter<{ readonly document: FakeDocument }>(),
  closed: new EventEmitter<FakeDocument>(),
  saved: { created: new EventEmitter<Uri>(), changed: new EventEmitter<Uri>(), deleted: new EventEmitter<Uri>() },
  /** Files on the disk, by path. */
  disk: new Map<string, string>(),
  providers: new Map<string, ContentProvider>(),

  set(name: string, scopes: Scopes): void {
    workspaceState.settings.set(name, scopes);
    workspaceState.configuration.fire({ affectsConfiguration: (section) => name === section || name.startsWith(`${section}.`) });
  },

  reset(): void {
    workspaceState.settings.clear();
    workspaceState.providers.clear();
    workspaceState.configuration.dispose();
    workspaceState.trust.dispose();
    workspaceState.folders.dispose();
    for (const emitter of [workspaceState.opened, workspaceState.changed, workspaceState.closed, ...Object.values(workspaceState.saved)]) emitter.dispose();
    workspaceState.disk.clear();
    workspace.textDocuments = [];
    workspace.isTrusted = true;
    workspace.workspaceFolders = undefined;
  },
};

function effective(scopes: Scopes | undefined): unknown {
  return scopes?.workspaceFolderValue ?? scopes?.workspaceValue ?? scopes?.globalValue ?? scopes?.defaultValue;
}

export const workspace = {
  isTrusted: true,
  name: 'crm' as string | undefined,
  workspaceFolders: undefined as readonly { readonly uri: Uri; readonly name: string; readonly index: number }[] | undefined,
  workspaceFile: undefined as Uri | undefined,
  textDocuments: [] as unknown[],
  onDidGrantWorkspaceTrust: workspaceState.trust.event,
  onDidChangeWorkspaceFolders: workspaceState.folders.event,
  onDidChangeConfiguration: workspaceState.configuration.event,
  onDidOpenTextDocument: workspaceState.opened.event,
  onDidChangeTextDocument: workspaceState.changed.event,
  onDidCloseTextDocument: workspaceState.closed.event,
  createFileSystemWatcher: () => ({
    onDidCreate: workspaceState.saved.created.event,
    onDidChange: workspaceState.saved.changed.event,
    onDidDelete: workspaceState.saved.deleted.event,
    dispose: () => undefined,
  }),

  getConfiguration(section = '') {
    const full = (name: string) => [section, name].filter(Boolean).join('.');
    return {
      get: (name: string, fallback?: unknown) => effective(workspaceState.settings.get(full(name))) ?? fallback,
      has: (name: string) => workspaceState.settings.has(full(name)),
      inspect: (name: string) => ({ key: full(name), ...workspaceState.settings.get(full(name)) }),
      update: async (name: string, value: unknown, target?: unknown) => {
        const key = target === true || target === 1 ? 'globalValue' : target === 3 ? 'workspaceFolderValue' : 'workspaceValue';
        workspaceState.set(full(name), { ...workspaceState.settings.get(full(name)), [key]: value });
      },
    };
  },

  registerTextDocumentContentProvider(scheme: string, provider: ContentProvider): Disposable {
    workspaceState.providers.set(scheme, provider);
    return new Disposable(() => workspaceState.providers.delete(scheme));
  },

  async openTextDocument(uri: Uri) {
    const content = await workspaceState.providers.get(uri.scheme)?.provideTextDocumentContent(uri, { isCancellationRequested: false });
    if (content === undefined || content === null) throw new Error(`cannot open ${uri.toString()}`);
    const lines = content.split('\n');
    return {
      uri,
      fileName: uri.path,
      languageId: 'plaintext',
      lineCount: lines.length,
      getText: () => content,
      lineAt: (line: number) => ({ text: lines[line] ?? '', range: new Range(line, 0, line, (lines[line] ?? '').length) }),
    };
  },

  getWorkspaceFolder(uri: Uri) {
    return workspace.workspaceFolders?.find((folder) => uri.path.startsWith(folder.uri.path));
  },

  asRelativePath: (uri: Uri | string) => (typeof uri === 'string' ? uri : uri.path),
  fs: {
    readFile: async (uri: Uri): Promise<Uint8Array> => {
      const text = workspaceState.disk.get(uri.path);
      if (text === undefined) throw new Error(`no such file: ${uri.path}`);
      return new TextEncoder().encode(text);
    },
    readDirectory: async (uri: Uri): Promise<[string, number][]> => {
      const names = [...workspaceState.disk.keys()].filter((path) => path.startsWith(`${uri.path}/`)).map((path) => path.slice(uri.path.length + 1));
      if (names.length === 0) throw new Error(`no such folder: ${uri.path}`);
      return names.filter((name) => !name.includes('/')).map((name) => [name, 1]);
    },
    stat: (uri: Uri): Promise<unknown> => Promise.reject(new Error(`no such file: ${uri.path}`)),
  },
};
