import { Diagnostic, DiagnosticSeverity, languages, Range, Uri, workspace, type DiagnosticCollection, type TextDocument } from 'vscode';
import type { CheckedFiles } from '../app/setupChecks.ts';
import type { Clock, Disposable } from '../core/clock.ts';
import type { CheckFacts, Finding, Severity, TextRange, WorkflowChecks } from '../core/finding.ts';
import type { Log } from '../core/log.ts';
import { say } from './localize.ts';
import { workflowPath } from './workflowUri.ts';

/** What the problems are made from. */
export interface ProblemSources {
  /** Loads the YAML parser on first use. */
  readonly checks: () => Promise<WorkflowChecks>;
  /** What is known of the repository that the file belongs to; must not wait for GitHub. */
  readonly facts: (uri: Uri) => CheckFacts;
  readonly clock: Clock;
  readonly log: Log;
}

/** What was found in one version of a text. */
export interface FileProblems {
  readonly path: string;
  readonly text: string;
  readonly facts: CheckFacts;
  readonly findings: readonly Finding[];
}

/** A person who types pauses at least this long. */
const pauseMs = 250;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Problems of workflow files in the editor: of those that are open, as people type; of all in the folder once they asked for the check. */
export class WorkflowProblems implements Disposable {
  readonly #sources: ProblemSources;
  readonly #collection: DiagnosticCollection = languages.createDiagnosticCollection('boussole');
  readonly #files = new Map<string, FileProblems>();
  readonly #pauses = new Map<string, Disposable>();
  readonly #disposables: Disposable[];
  readonly #listeners = new Set<() => void>();
  /** Set once the whole folder was checked: from then on closed files count as well. */
  #isWhole = false;
  #isDisposed = false;

  constructor(sources: ProblemSources) {
    this.#sources = sources;
    this.#disposables = [
      this.#collection,
      workspace.onDidOpenTextDocument((document) => this.#soon(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#soon(document, pauseMs)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#closed(uri)),
    ];
    this.refresh();
  }

  /** The problems of a file as they were last found; for who mends them. */
  of(uri: Uri): FileProblems | undefined {
    return this.#files.get(uri.toString());
  }

  get count(): CheckedFiles {
    const found = [...this.#files.values()].map(({ findings }) => findings.filter(({ severity }) => severity !== 'hint').length);
    return { problems: found.reduce((sum, one) => sum + one, 0), files: found.filter((one) => one > 0).length, looked: found.length };
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Checks all open workflow files anew, for instance because more is known of the repository. */
  refresh(): void {
    for (const document of workspace.textDocuments) this.#soon(document, 0);
    if (this.#isWhole) for (const key of this.#files.keys()) if (!openDocument(Uri.parse(key))) void this.#checkOnDisk(Uri.parse(key));
  }

  /** Checks every workflow file below the folders, open or not, and from then on keeps an eye on them. */
  async checkFolders(folders: readonly Uri[]): Promise<void> {
    if (!this.#isWhole) this.#watch();
    this.#isWhole = true;
    const found = await Promise.all(folders.map((folder) => workflowsIn(folder)));
    const all = new Map(found.flat().map((uri) => [uri.toString(), uri]));
    for (const key of this.#files.keys()) if (!all.has(key) && !openDocument(Uri.parse(key))) this.#forget(Uri.parse(key));
    await Promise.all([...all.values()].map((uri) => this.#checkNow(uri)));
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const pause of this.#pauses.values()) pause.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
    this.#listeners.clear();
  }

  #watch(): void {
    const watcher = workspace.createFileSystemWatcher('**/.github/workflows/*.{yml,yaml}');
    const changed = (uri: Uri) => void this.#checkNow(uri);
    this.#disposables.push(watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete((uri) => this.#forget(uri)));
  }

  #soon(document: TextDocument, delayMs: number): void {
    if (workflowPath(document.uri) === undefined) return;
    const key = document.uri.toString();
    this.#pauses.get(key)?.dispose();
    this.#pauses.set(key, this.#sources.clock.after(delayMs, () => {
      this.#pauses.delete(key);
      void this.#checkNow(document.uri);
    }));
  }

  #closed(uri: Uri): void {
    const key = uri.toString();
    this.#pauses.get(key)?.dispose();
    this.#pauses.delete(key);
    // What was typed and not kept is gone with the document.
    if (this.#isWhole && workflowPath(uri) !== undefined) void this.#checkOnDisk(uri);
    else this.#forget(uri);
  }

  async #checkNow(uri: Uri): Promise<void> {
    const document = openDocument(uri);
    if (document) await this.#check(uri, () => document.getText());
    else await this.#checkOnDisk(uri);
  }

  async #checkOnDisk(uri: Uri): Promise<void> {
    try {
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      if (!openDocument(uri)) await this.#check(uri, () => text);
    } catch {
      this.#forget(uri);
    }
  }

  async #check(uri: Uri, textNow: () => string): Promise<void> {
    const path = workflowPath(uri);
    if (path === undefined) return;
    try {
      const checks = await this.#sources.checks();
      if (this.#isDisposed) return;
      const facts = this.#sources.facts(uri);
      const text = textNow();
      const findings = checks.check(path, text, facts);
      this.#files.set(uri.toString(), { path, text, facts, findings });
      this.#collection.set(uri, findings.map(diagnostic));
      this.#tell();
    } catch (error) {
      this.#sources.log.error(`${path} could not be checked.`, error);
    }
  }

  #forget(uri: Uri): void {
    this.#files.delete(uri.toString());
    if (this.#isDisposed) return;
    this.#collection.delete(uri);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A finding as VS Code shows it; its code links to the page that the rule comes from. */
export function diagnostic(finding: Finding): Diagnostic {
  const shown = new Diagnostic(rangeOf(finding.range), `${say(finding.message)} ${say(finding.why)}`, severities[finding.severity]);
  shown.source = 'Boussole';
  shown.code = { value: finding.code, target: Uri.parse(finding.source) };
  return shown;
}

export function rangeOf({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function openDocument(uri: Uri): TextDocument | undefined {
  const key = uri.toString();
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}

async function workflowsIn(folder: Uri): Promise<readonly Uri[]> {
  const place = Uri.joinPath(folder, '.github', 'workflows');
  try {
    return (await workspace.fs.readDirectory(place)).map(([name]) => Uri.joinPath(place, name)).filter((uri) => workflowPath(uri) !== undefined);
  } catch {
    return [];
  }
}
