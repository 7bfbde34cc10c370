import type { Finding, Fix, Severity, FindingCode } from '../../core/finding.ts';
import type { Text } from '../../core/text.ts';
import type { TextEdit } from '../../core/finding.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf, type Node } from '../yamlTree.ts';

/** One rule: what it finds in a workflow that deploys. */
export type Check = (workflow: CheckedWorkflow) => readonly Finding[];

/** A finding at a node, whose range ends with the node's first line. */
export function findingAt(
  { source }: CheckedWorkflow,
  at: Node | { readonly from: number; readonly to: number },
  finding: { code: FindingCode; severity: Severity; message: Text; why: Text; source: string; fixes?: readonly Fix[] },
): Finding {
  const { from, to } = 'from' in at ? at : spanOf(at);
  const { source: page, fixes = [], ...rest } = finding;
  return { ...rest, source: page, fixes, range: source.range(from, Math.min(to, source.lineEnd(from))) };
}

/** A list of one fix, or of none where its edits cannot be made. */
export function fix(title: Text, edits: readonly TextEdit[] | undefined): readonly Fix[] {
  return edits ? [{ title, edits }] : [];
}
