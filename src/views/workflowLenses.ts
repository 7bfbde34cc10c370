import { CodeLens, EventEmitter, Range, workspace, type CodeLensProvider, type TextDocument, type Uri } from 'vscode';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { Sessions } from '../app/sessions.ts';
import type { Clock, Disposable } from '../core/clock.ts';
import { deployLenses, type Lens } from './deployLens.ts';
import { followStores } from './followStores.ts';
import { readerAt } from './localize.ts';
import { workflowPath } from './workflowUri.ts';

/** Ages in the lenses are told by the minute. */
const tickMs = 60_000;

/** "Deploy…" and the last run above the workflows that deploy, in the clone of a repository that this window deploys. */
export class WorkflowLenses implements CodeLensProvider, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #sessionOf: (uri: Uri) => RepositorySession | undefined;
  readonly #clock: Clock;
  readonly #following: Disposable;
  /** What was shown, by file: VS Code is told only of what differs. */
  readonly #shown = new Map<string, { readonly path: string; readonly uri: Uri; readonly words: string }>();
  #tick: Disposable | undefined;

  constructor(sessions: Sessions, sessionOf: (uri: Uri) => RepositorySession | undefined, clock: Clock) {
    this.#sessionOf = sessionOf;
    this.#clock = clock;
    this.#following = followStores(sessions, () => this.#look(), () => this.#look());
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const path = workflowPath(document.uri);
    if (path === undefined) return [];
    const lenses = this.#lenses(document.uri, path);
    this.#shown.set(document.uri.toString(), { path, uri: document.uri, words: JSON.stringify(lenses) });
    this.#tick ??= this.#clock.after(tickMs, () => this.#ticked());
    const line = firstLine(document.getText());
    return lenses.map(({ title, tooltip, command, argument }) => new CodeLens(new Range(line, 0, line, 0), { title, tooltip, command, arguments: [argument] }));
  }

  dispose(): void {
    this.#tick?.dispose();
    this.#following.dispose();
    this.#changed.dispose();
  }

  #lenses(uri: Uri, path: string): readonly Lens[] {
    const session = this.#sessionOf(uri);
    return session ? deployLenses(session.store.state, path, readerAt(session.github.serverNow())) : [];
  }

  #ticked(): void {
    this.#tick = undefined;
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const key of this.#shown.keys()) if (!open.has(key)) this.#shown.delete(key);
    this.#look();
    if (this.#shown.size > 0) this.#tick = this.#clock.after(tickMs, () => this.#ticked());
  }

  #look(): void {
    const differ = [...this.#shown.values()].some(({ uri, path, words }) => JSON.stringify(this.#lenses(uri, path)) !== words);
    if (differ) this.#changed.fire();
  }
}

/** The first line that is neither blank nor a comment. */
function firstLine(text: string): number {
  return Math.max(0, text.split(/\r\n|\n|\r/).findIndex((line) => /^\s*[^\s#-]/.test(line)));
}
