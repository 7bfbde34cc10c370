import type { TextEdit, TextPosition, TextRange } from '../core/finding.ts';

/** A text with its lines, as editors count them: a line ends with CR LF, LF or CR. */
export class SourceText {
  readonly text: string;
  /** The line ending in use. */
  readonly eol: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    this.#starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  }

  position(offset: number): TextPosition {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.#starts[low] ?? 0) };
  }

  offset({ line, character }: TextPosition): number {
    return (this.#starts[line] ?? this.text.length) + character;
  }

  range(from: number, to: number): TextRange {
    return { start: this.position(from), end: this.position(to) };
  }

  column(offset: number): number {
    return this.position(offset).character;
  }

  /** Where the line that holds `offset` ends, before its line break. */
  lineEnd(offset: number): number {
    const found = /[\r\n]/.exec(this.text.slice(offset));
    return found ? offset + found.index : this.text.length;
  }

  replace(from: number, to: number, newText: string): TextEdit {
    return { range: this.range(from, to), newText };
  }

  insert(at: number, newText: string): TextEdit {
    return this.replace(at, at, newText);
  }
}

/** The text after edits that do not overlap; of several insertions at one place, the first given comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const source = new SourceText(text);
  const placed = edits.map(({ range, newText }, order) => ({ from: source.offset(range.start), to: source.offset(range.end), newText, order }));
  let result = '';
  let at = 0;
  for (const { from, to, newText } of placed.sort((a, b) => a.from - b.from || a.to - b.to || a.order - b.order)) {
    if (from < at) throw new Error('The edits overlap.');
    result += text.slice(at, from) + newText;
    at = to;
  }
  return result + text.slice(at);
}
