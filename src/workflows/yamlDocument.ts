import { isScalar, LineCounter, parseDocument, type Document, type ParsedNode } from 'yaml';

/** GitHub gives no text of larger files, and no workflow is this long. */
const longestText = 512 * 1024;

/** The parser compares each key of a map with all others: without an end to it, 30,000 keys would stop the editor for seconds. */
const mostKeyComparisons = 500_000;

const tooLarge = 'It is too large for a workflow.';

export const tooDeep = 'It is nested too deeply.';

/** A text that cannot be read, with a sentence that says why and where in the text it went wrong. */
export class Unreadable extends Error {
  readonly offset: number;

  constructor(message: string, offset = 0) {
    super(message);
    this.offset = offset;
  }
}

/** Parses YAML within limits; throws `Unreadable`. */
export function parseYaml(text: string): Document.Parsed {
  if (text.length > longestText) throw new Unreadable(tooLarge);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: sameKey() });
  const [error] = document.errors;
  if (error) throw new Unreadable(problemAt(lines.linePos(error.pos[0]).line, error.message), error.pos[0]);
  return document;
}

/** The parser reports what is thrown within it, our own limits and an exhausted stack, as mistakes of the file. */
function problemAt(line: number, message: string): string {
  if (message === tooLarge) return tooLarge;
  return /call stack/.test(message) ? tooDeep : `Line ${line}: ${message}`;
}

function sameKey(): (a: ParsedNode, b: ParsedNode) => boolean {
  let comparisons = 0;
  return (a, b) => {
    if (++comparisons > mostKeyComparisons) throw new Unreadable(tooLarge);
    return isScalar(a) && isScalar(b) && a.value === b.value;
  };
}
