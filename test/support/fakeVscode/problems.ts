import { Disposable, Range, type Position } from './basics.ts';
import type { Uri } from './uri.ts';

/** What VS Code's problems, quick fixes and lenses are made of. */

export class Diagnostic {
  source: string | undefined = undefined;
  code: unknown = undefined;
  readonly range: Range;
  readonly message: string;
  readonly severity: number;

  constructor(range: Range, message: string, severity = 0) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };

export class CodeActionKind {
  static readonly Empty = new CodeActionKind('');
  static readonly QuickFix = new CodeActionKind('quickfix');
  static readonly SourceFixAll = new CodeActionKind('source.fixAll');
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  append(part: string): CodeActionKind {
    return new CodeActionKind(`${this.value}.${part}`);
  }

  contains(other: CodeActionKind): boolean {
    return this.value === '' || other.value === this.value || other.value.startsWith(`${this.value}.`);
  }
}

export class CodeAction {
  edit: WorkspaceEdit | undefined = undefined;
  diagnostics: Diagnostic[] | undefined = undefined;
  isPreferred: boolean | undefined = undefined;
  readonly title: string;
  readonly kind: CodeActionKind | undefined;

  constructor(title: string, kind?: CodeActionKind) {
    this.title = title;
    this.kind = kind;
  }
}

export class WorkspaceEdit {
  readonly replaced: { readonly uri: Uri; readonly range: Range; readonly newText: string }[] = [];

  replace(uri: Uri, range: Range, newText: string): void {
    this.replaced.push({ uri, range, newText });
  }
}

export class CodeLens {
  readonly range: Range;
  readonly command: { readonly title: string; readonly command: string; readonly arguments?: unknown[] } | undefined;

  constructor(range: Range, command?: CodeLens['command']) {
    this.range = range;
    this.command = command;
  }
}

/** Every problem on screen, by the text of its file's address. */
export const shownProblems = new Map<string, readonly Diagnostic[]>();

export function createDiagnosticCollection(): { set(uri: Uri, all: readonly Diagnostic[]): void; delete(uri: Uri): void; dispose(): void } {
  const own = new Set<string>();
  return {
    set(uri, all) {
      own.add(uri.toString());
      shownProblems.set(uri.toString(), all);
    },
    delete(uri) {
      shownProblems.delete(uri.toString());
    },
    dispose() {
      for (const key of own) shownProblems.delete(key);
    },
  };
}

export const registerNothing = (): Disposable => new Disposable(() => undefined);

/** An open document whose text a test changes. */
export class FakeDocument {
  readonly uri: Uri;
  isClosed = false;
  text: string;

  constructor(uri: Uri, text: string) {
    this.uri = uri;
    this.text = text;
  }

  getText(): string {
    return this.text;
  }

  lineAt(line: number): { readonly text: string } {
    return { text: this.text.split(/\r\n|\n/)[line] ?? '' };
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, offset).split('\n');
    return new Range(before.length - 1, before.at(-1)?.length ?? 0, 0, 0).start;
  }

  offsetAt({ line, character }: Position): number {
    return this.text.split('\n').slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  }

  /** Does what VS Code does with a chosen quick fix. */
  apply(edit: WorkspaceEdit): void {
    for (const { range, newText } of edit.replaced.toSorted((a, b) => this.offsetAt(b.range.start) - this.offsetAt(a.range.start))) {
      this.text = this.text.slice(0, this.offsetAt(range.start)) + newText + this.text.slice(this.offsetAt(range.end));
    }
  }
}
