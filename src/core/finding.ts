import type { Text } from './text.ts';

/** A place in a text: line and UTF-16 column, both counted from zero, as editors do. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

export type FindingCode =
  | 'unreadable' | 'run-name' | 'timeout' | 'cancel-in-progress' | 'concurrency' | 'concurrency-queue' | 'environment' | 'unpinned-action'
  | 'third-party-action' | 'script-injection' | 'rollback-version' | 'ssh-keyscan' | 'host-key-checking' | 'permissions' | 'persist-credentials'
  | 'secrets-inherit' | 'pull-request-target';

/** `hint` is a suggestion that no list of problems shows. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something in a workflow file that makes deploys less safe, where it stands, why it matters, and how to mend it. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly range: TextRange;
  readonly message: Text;
  readonly why: Text;
  /** The page that the rule comes from. */
  readonly source: string;
  /** Ways to mend it, best first; the edits of one fix do not overlap. */
  readonly fixes: readonly Fix[];
  /** For an action that is not pinned: what to look its commit up by. `range` is the text after `@` and what follows on its line. */
  readonly pin?: { readonly action: string; readonly tag: string; readonly range: TextRange };
}

export interface Fix {
  readonly title: Text;
  readonly edits: readonly TextEdit[];
}

/** What is known of the repository besides the file. */
export interface CheckFacts {
  /** Every environment that GitHub has; `undefined` while it is not known. */
  readonly environments: readonly string[] | undefined;
  /** Who owns the repository, for actions of its own. */
  readonly owner: string | undefined;
}

/** Checks workflow files (port over a YAML parser). Never throws: a file that cannot be read is a finding of its own. */
export interface WorkflowChecks {
  /** Findings in the order of the text; none for workflows that do not deploy. */
  check(path: string, text: string, facts: CheckFacts): readonly Finding[];
  /** The text after a fix; `undefined` where it would not be a readable workflow with this finding gone and no new error. */
  mended(path: string, text: string, facts: CheckFacts, finding: Finding, fix: Fix): string | undefined;
  /** The text with everything mended that changes nothing but for the better; what needs a decision stays. */
  fixAll(path: string, text: string, facts: CheckFacts): string;
}
