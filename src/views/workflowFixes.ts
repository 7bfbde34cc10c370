import { CodeAction, CodeActionKind, Range, WorkspaceEdit, type CodeActionContext, type CodeActionProvider, type Diagnostic, type TextDocument, type Uri } from 'vscode';
import type { Finding, Fix, WorkflowChecks } from '../core/finding.ts';
import { pinFix } from '../core/pinnedAction.ts';
import { text } from '../core/text.ts';
import { say } from './localize.ts';
import { rangeOf, type FileProblems, type WorkflowProblems } from './workflowProblems.ts';

/** Mends everything at once, also on save where people ask for it. */
export const fixAllKind = CodeActionKind.SourceFixAll.append('boussole');

/** What the fixes need. */
export interface FixSources {
  readonly problems: Pick<WorkflowProblems, 'of'>;
  readonly checks: () => Promise<WorkflowChecks>;
  /** The commit that a tag of an action stands on; `undefined` when it is not known. */
  readonly resolveAction: (uri: Uri, action: string, tag: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** An action whose commit is looked up once somebody chooses it. */
class PinAction extends CodeAction {
  readonly uri: Uri;
  readonly finding: Finding;
  readonly lineAfter: string;

  constructor(document: TextDocument, finding: Finding, words: string) {
    super(words, CodeActionKind.QuickFix);
    this.uri = document.uri;
    this.finding = finding;
    this.lineAfter = finding.pin ? document.lineAt(finding.pin.range.end.line).text.slice(finding.pin.range.end.character) : '';
  }
}

/** Quick fixes of the problems in workflow files. Only a fix whose result is known to be a workflow without the problem is offered. */
export class WorkflowFixes implements CodeActionProvider {
  readonly #sources: FixSources;
  /** What "fix all" makes of a file: cursors move more often than texts change. */
  readonly #mended = new WeakMap<FileProblems, string>();

  constructor(sources: FixSources) {
    this.#sources = sources;
  }

  async provideCodeActions(document: TextDocument, _range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    const file = this.#sources.problems.of(document.uri);
    // Of an older text the places would be wrong; the problems are found anew in a moment.
    if (!file || file.text !== document.getText()) return [];
    const checks = await this.#sources.checks();
    const wanted = context.only;
    const actions = wanted && !wanted.contains(CodeActionKind.QuickFix) ? [] : context.diagnostics.flatMap((shown) => quickFixes(document, file, shown, checks));
    return [...actions, ...this.#fixAll(document, file, checks, wanted, actions.length > 0)];
  }

  /** Looks up the commit for "Pin …"; an action without an edit does nothing, which VS Code tells. */
  async resolveCodeAction(action: CodeAction, token: { readonly onCancellationRequested: (listener: () => void) => unknown }): Promise<CodeAction> {
    if (!(action instanceof PinAction) || !action.finding.pin) return action;
    const ending = new AbortController();
    token.onCancellationRequested(() => ending.abort());
    const { action: name, tag } = action.finding.pin;
    const sha = await this.#sources.resolveAction(action.uri, name, tag, ending.signal);
    const fix = sha === undefined ? undefined : pinFix(action.finding, sha, action.lineAfter);
    if (fix) action.edit = editOf(action.uri, fix);
    return action;
  }

  /** "Fix all" beside a quick fix, and for who asks for it by its kind. */
  #fixAll(document: TextDocument, file: FileProblems, checks: WorkflowChecks, wanted: CodeActionKind | undefined, isBeside: boolean): readonly CodeAction[] {
    const isAsked = wanted !== undefined && (wanted.contains(fixAllKind) || fixAllKind.contains(wanted));
    if (!isAsked && !isBeside) return [];
    const after = this.#mended.get(file) ?? checks.fixAll(file.path, file.text, file.facts);
    this.#mended.set(file, after);
    if (after === file.text) return [];
    const action = new CodeAction(say(text('Fix everything that needs no decision')), isAsked ? fixAllKind : CodeActionKind.QuickFix);
    action.edit = new WorkspaceEdit();
    const { from, to, newText } = difference(file.text, after);
    action.edit.replace(document.uri, new Range(document.positionAt(from), document.positionAt(to)), newText);
    return [action];
  }
}

function quickFixes(document: TextDocument, file: FileProblems, shown: Diagnostic, checks: WorkflowChecks): readonly CodeAction[] {
  const finding = file.findings.find((one) => isShownAs(one, shown));
  if (!finding) return [];
  const fixes = finding.fixes.filter((fix) => checks.mended(file.path, file.text, file.facts, finding, fix) !== undefined);
  const actions = fixes.map((fix, index) => {
    const action = new CodeAction(say(fix.title), CodeActionKind.QuickFix);
    action.edit = editOf(document.uri, fix);
    action.diagnostics = [shown];
    action.isPreferred = index === 0;
    return action;
  });
  if (!finding.pin) return actions;
  const pin = new PinAction(document, finding, say(text('Pin {action} to the commit of {tag}', { action: finding.pin.action, tag: finding.pin.tag })));
  pin.diagnostics = [shown];
  return [...actions, pin];
}

function isShownAs({ code, range }: Finding, { source, code: shownCode, range: shown }: Diagnostic): boolean {
  const value = typeof shownCode === 'object' ? shownCode.value : shownCode;
  return source === 'Boussole' && value === code && shown.start.line === range.start.line && shown.start.character === range.start.character;
}

function editOf(uri: Uri, { edits }: Fix): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(uri, rangeOf(range), newText);
  return edit;
}

/** What differs between two texts, as one replacement, so that the rest keeps its folds and cursors. */
function difference(before: string, after: string): { readonly from: number; readonly to: number; readonly newText: string } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < shorter - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from, to: before.length - tail, newText: after.slice(from, after.length - tail) };
}
