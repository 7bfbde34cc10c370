/** One way through a job's `environment` expression: the environment it gives, and the branch it wants where that can be read. */
export interface ExpressionOutcome {
  readonly environment: string;
  /** `undefined`: no branch is asked for (the last resort of a chain), or the condition is about something else. */
  readonly branch: string | undefined;
  /** True when nothing at all is asked for. */
  readonly isFallback: boolean;
}

/**
 * The environments that an expression such as `${{ inputs.environment || (github.ref_name == 'main' && 'production' || 'staging') }}`
 * can give, in its own order. Only chains of `||` and `&&` are read; anything cleverer gives nothing, which is never wrong.
 */
export function expressionOutcomes(expression: string): readonly ExpressionOutcome[] {
  const body = /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(expression)?.[1];
  if (body === undefined || body.includes('${{')) return [];
  return alternatives(body).flatMap((alternative) => {
    const parts = split(alternative, '&&');
    const environment = literal(parts.at(-1));
    if (environment === undefined || environment === '') return [];
    const conditions = parts.slice(0, -1);
    const branches = conditions.map(branchWanted).filter((branch) => branch !== undefined);
    return [{ environment, branch: branches.length === 1 ? branches[0] : undefined, isFallback: conditions.length === 0 }];
  });
}

function alternatives(source: string): readonly string[] {
  const text = withoutParentheses(source);
  const parts = split(text, '||');
  return parts.length === 1 ? [text] : parts.flatMap(alternatives);
}

/** `github.ref_name == 'main'`, `'refs/heads/main' == github.ref`, and the like. */
function branchWanted(condition: string): string | undefined {
  const [left, right, ...more] = split(withoutParentheses(condition), '==');
  if (left === undefined || right === undefined || more.length > 0) return undefined;
  const [reference, word] = literal(right) === undefined ? [right, left] : [left, right];
  const value = literal(word);
  switch (reference.trim().toLowerCase()) {
    case 'github.ref_name':
    case 'github.head_ref':
      return value;
    case 'github.ref':
      return value?.startsWith('refs/heads/') ? value.slice('refs/heads/'.length) : undefined;
    default:
      return undefined;
  }
}

function literal(text: string | undefined): string | undefined {
  const inside = /^'((?:[^']|'')*)'$/.exec(withoutParentheses(text ?? ''))?.[1];
  return inside?.replaceAll("''", "'");
}

/** Without the parentheses around the whole. */
export function withoutParentheses(source: string): string {
  let text = source.trim();
  while (text.startsWith('(') && closing(text) === text.length - 1) text = text.slice(1, -1).trim();
  return text;
}

/** Where the parenthesis that opens the text is closed. */
function closing(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

/** The parts of a text between an operator, outside of quotes and parentheses. */
export function split(text: string, operator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(' || character === '[') depth++;
    else if (character === ')' || character === ']') depth--;
    else if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(start, at));
      at += operator.length - 1;
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
