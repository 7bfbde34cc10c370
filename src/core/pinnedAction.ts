import type { Finding, Fix } from './finding.ts';
import { text } from './text.ts';

/** The fix that pins an action to the commit its tag stands on, with the tag kept as a comment; `lineAfter` is what follows on its line. */
export function pinFix({ pin }: Finding, sha: string, lineAfter: string): Fix | undefined {
  if (!pin) return undefined;
  const title = text('Pin {action} to the commit of {tag}', { action: pin.action, tag: pin.tag });
  const { range } = pin;
  const comment = /^(["']?)[\t ]*(?:#[^\r\n]*)?$/.exec(lineAfter);
  if (!comment) return undefined;
  const quote = comment[1] ?? '';
  const end = { line: range.end.line, character: range.end.character + lineAfter.length };
  return { title, edits: [{ range: { start: range.start, end }, newText: `${sha}${quote} # ${pin.tag}` }] };
}
