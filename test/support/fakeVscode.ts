/**
 * VS Code's API for tests in plain Node: real values and events, a window that remembers what it showed, and a scripted person
 * who answers. Modules under test import `vscode` and get this file; tests import what they steer from the files beside it.
 */
import { Disposable } from './fakeVscode/basics.ts';
import { accounts, commandState, env as fakeEnv, environment, installed } from './fakeVscode/commands.ts';
import { createDiagnosticCollection, registerNothing, shownProblems } from './fakeVscode/problems.ts';
import { person } from './fakeVscode/script.ts';
import { windowState } from './fakeVscode/window.ts';
import { workspaceState } from './fakeVscode/workspace.ts';

export * from './fakeVscode/basics.ts';
export { CodeAction, CodeActionKind, CodeLens, Diagnostic, DiagnosticSeverity, WorkspaceEdit } from './fakeVscode/problems.ts';
export { Uri } from './fakeVscode/uri.ts';
export { window } from './fakeVscode/window.ts';
export { workspace } from './fakeVscode/workspace.ts';
export { authentication, commands, env, extensions } from './fakeVscode/commands.ts';

export const version = '1.101.0';

const bundle = new Map<string, string>();

export const l10n = {
  bundle: undefined as Record<string, string> | undefined,
  uri: undefined,
  /** As VS Code: the bundle's sentence with its `{places}` filled, or the English one. */
  t(message: string | { message: string; args?: unknown }, ...args: unknown[]): string {
    const key = typeof message === 'string' ? message : message.message;
    const given = typeof message === 'string' ? args : [message.args].flat();
    const values: unknown = given.length === 1 && typeof given[0] === 'object' && given[0] !== null ? given[0] : given;
    return (bundle.get(key) ?? key).replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = (values as Record<string, unknown>)[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : place;
    });
  },
};

export const languages = {
  registerFoldingRangeProvider: (): Disposable => new Disposable(() => undefined),
  registerDocumentSymbolProvider: (): Disposable => new Disposable(() => undefined),
  createDiagnosticCollection,
  registerCodeActionsProvider: registerNothing,
  registerCodeLensProvider: registerNothing,
  setTextDocumentLanguage: async (document: unknown) => document,
};

/** Uses this translation until the next reset. */
export function speak(language: string, sentences: Readonly<Record<string, string>>): void {
  environment.reset();
  bundle.clear();
  for (const [key, sentence] of Object.entries(sentences)) bundle.set(key, sentence);
  setLanguage(language);
}

/** Forgets everything that a test did to the window. */
export function resetVscode(): void {
  person.reset();
  windowState.reset();
  workspaceState.reset();
  commandState.reset();
  environment.reset();
  accounts.reset();
  shownProblems.clear();
  installed.clear();
  bundle.clear();
}

function setLanguage(language: string): void {
  Object.assign(fakeEnv, { language });
}
