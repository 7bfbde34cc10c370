import { Disposable, EventEmitter } from './basics.ts';
import { person } from './script.ts';
import type { Uri } from './uri.ts';

type Handler = (...args: unknown[]) => unknown;

/** Registered commands, everything that was executed, and the context keys that were set. */
export const commandState = {
  handlers: new Map<string, Handler>(),
  executed: [] as { readonly id: string; readonly args: readonly unknown[] }[],
  contexts: new Map<string, unknown>(),

  reset(): void {
    commandState.handlers.clear();
    commandState.executed.length = 0;
    commandState.contexts.clear();
  },
};

export const commands = {
  registerCommand(id: string, handler: Handler, thisArg?: unknown): Disposable {
    if (commandState.handlers.has(id)) throw new Error(`command '${id}' already exists`);
    commandState.handlers.set(id, thisArg === undefined ? handler : handler.bind(thisArg));
    return new Disposable(() => commandState.handlers.delete(id));
  },

  /** VS Code's own commands do nothing here but are remembered; an unknown one of ours is an error as in VS Code. */
  async executeCommand(id: string, ...args: unknown[]): Promise<unknown> {
    commandState.executed.push({ id, args });
    if (id === 'setContext') commandState.contexts.set(String(args[0]), args[1]);
    const handler = commandState.handlers.get(id);
    if (!handler && id.startsWith('boussole.') && commandState.handlers.size > 0) throw new Error(`command '${id}' not found`);
    return handler?.(...args);
  },

  getCommands: async () => [...commandState.handlers.keys()],
};

export const environment = {
  clipboard: '',
  opened: [] as string[],
  reset(): void {
    environment.clipboard = '';
    environment.opened.length = 0;
    env.language = 'en';
  },
};

export const env = {
  appName: 'Visual Studio Code',
  appHost: 'desktop',
  language: 'en',
  machineId: 'machine',
  sessionId: 'session',
  uriScheme: 'vscode',
  uiKind: 1,
  remoteName: undefined as string | undefined,
  isTelemetryEnabled: false,
  clipboard: {
    readText: async () => environment.clipboard,
    writeText: async (text: string) => void (environment.clipboard = text),
  },
  openExternal: async (uri: Uri) => {
    environment.opened.push(uri.toString(true));
    person.sees({ kind: 'external', message: uri.toString(true), choices: [] });
    return true;
  },
  asExternalUri: async (uri: Uri) => uri,
};

interface FakeSession {
  readonly id: string;
  readonly accessToken: string;
  readonly account: { readonly id: string; readonly label: string };
  readonly scopes: readonly string[];
}

/** Accounts as VS Code's authentication providers would hold them. */
export const accounts = {
  sessions: new Map<string, FakeSession[]>(),
  /** What signing in gives when the user is asked to; absent: they say no. */
  onSignIn: new Map<string, FakeSession>(),
  changed: new EventEmitter<{ readonly provider: { readonly id: string; readonly label: string } }>(),
  asked: [] as { readonly provider: string; readonly scopes: readonly string[]; readonly options: unknown }[],

  reset(): void {
    accounts.sessions.clear();
    accounts.onSignIn.clear();
    accounts.changed.dispose();
    accounts.asked.length = 0;
  },
};

export const authentication = {
  onDidChangeSessions: accounts.changed.event,

  async getSession(provider: string, scopes: readonly string[], options: { createIfNone?: unknown; forceNewSession?: unknown; silent?: boolean } = {}) {
    accounts.asked.push({ provider, scopes, options });
    const held = accounts.sessions.get(provider) ?? [];
    const exact = held.find((session) => [...session.scopes].sort().join() === [...scopes].sort().join());
    if (exact && !options.forceNewSession) return exact;
    if (!options.createIfNone && !options.forceNewSession) return undefined;
    const fresh = accounts.onSignIn.get(provider);
    if (!fresh) throw new Error('User did not consent to login.');
    accounts.sessions.set(provider, [...held, fresh]);
    accounts.changed.fire({ provider: { id: provider, label: provider } });
    return fresh;
  },

  getAccounts: async (provider: string) => (accounts.sessions.get(provider) ?? []).map((session) => session.account),
};

/** Other extensions, such as the built-in git one, by id. */
export const installed = new Map<string, { readonly id: string; readonly isActive: boolean; readonly exports: unknown; activate(): Promise<unknown> }>();

export const extensions = {
  getExtension: (id: string) => installed.get(id),
  get all() {
    return [...installed.values()];
  },
  onDidChange: new EventEmitter<void>().event,
};
