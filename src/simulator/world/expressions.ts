import { scalarText } from './scalarText.ts';

/** What an expression can see: `inputs`, `github`, `needs` … as plain data. */
export type ExpressionScope = Readonly<Record<string, unknown>>;

type Token = { readonly kind: 'literal'; readonly value: unknown } | { readonly kind: 'word' | 'mark'; readonly text: string };

const TOKEN = /\s*(?:(-?\d+(?:\.\d+)?)|'((?:[^']|'')*)'|([A-Za-z_][\w-]*)|(&&|\|\||==|!=|<=|>=|[!<>().,[\]*]))/y;

/**
 * Replaces every `${{ … }}` in a text by its value, as GitHub does for `run-name` and a job's `environment`.
 * Source of the rules: GitHub's page "Evaluate expressions in workflows and actions".
 */
export function interpolate(text: string, scope: ExpressionScope): string {
  return text.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, source: string) => asText(evaluate(source, scope)));
}

/** The value of one expression, written without its `${{ }}`. Throws a SyntaxError when it cannot be read. */
export function evaluate(source: string, scope: ExpressionScope): unknown {
  const tokens = tokenize(source);
  const parser = new Parser(tokens, scope);
  const value = parser.or();
  parser.end(source);
  return value;
}

/** GitHub's idea of truth: `''`, `0`, `false` and `null` are not. */
export function isTruthy(value: unknown): boolean {
  return Boolean(value);
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const text = source.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new SyntaxError(`Unexpected text in the expression: ${text}`);
    const [, number, string, word, mark] = match;
    if (number !== undefined) tokens.push({ kind: 'literal', value: Number(number) });
    else if (string !== undefined) tokens.push({ kind: 'literal', value: string.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'mark', text: mark as string });
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #scope: ExpressionScope;
  #at = 0;

  constructor(tokens: readonly Token[], scope: ExpressionScope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  end(source: string): void {
    if (this.#at < this.#tokens.length) throw new SyntaxError(`Unexpected text in the expression: ${source.trim()}`);
  }

  or(): unknown {
    let value = this.#and();
    while (this.#take('||')) {
      const right = this.#and();
      value = isTruthy(value) ? value : right;
    }
    return value;
  }

  #and(): unknown {
    let value = this.#comparison();
    while (this.#take('&&')) {
      const right = this.#comparison();
      value = isTruthy(value) ? right : value;
    }
    return value;
  }

  #comparison(): unknown {
    let value = this.#unary();
    for (const mark of ['==', '!=', '<=', '>=', '<', '>']) {
      if (this.#take(mark)) value = compare(mark, value, this.#unary());
    }
    return value;
  }

  #unary(): unknown {
    if (this.#take('!')) return !isTruthy(this.#unary());
    return this.#primary();
  }

  #primary(): unknown {
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'literal') return token.value;
    if (token?.kind === 'mark' && token.text === '(') {
      const value = this.or();
      this.#expect(')');
      return value;
    }
    if (token?.kind !== 'word') throw new SyntaxError('The expression ends too early');
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (token.text === 'null') return null;
    return this.#take('(') ? call(token.text, this.#arguments(), this.#scope) : this.#members(this.#scope[token.text]);
  }

  #arguments(): unknown[] {
    const values: unknown[] = [];
    if (this.#take(')')) return values;
    do values.push(this.or());
    while (this.#take(','));
    this.#expect(')');
    return values;
  }

  #members(start: unknown): unknown {
    let value = start;
    for (;;) {
      if (this.#take('.')) {
        const name = this.#tokens[this.#at++];
        if (name?.kind !== 'word') throw new SyntaxError('The expression lacks a name after "."');
        value = member(value, name.text);
      } else if (this.#take('[')) {
        value = member(value, asText(this.or()));
        this.#expect(']');
      } else return value;
    }
  }

  #take(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#at++;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) throw new SyntaxError(`The expression lacks "${mark}"`);
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : null;
}

function compare(mark: string, left: unknown, right: unknown): boolean {
  const bothText = typeof left === 'string' && typeof right === 'string';
  const a = bothText ? left.toLowerCase() : asNumber(left);
  const b = bothText ? right.toLowerCase() : asNumber(right);
  switch (mark) {
    case '==': return a === b;
    case '!=': return a !== b;
    case '<': return a < b;
    case '>': return a > b;
    case '<=': return a <= b;
    default: return a >= b;
  }
}

function call(name: string, values: readonly unknown[], scope: ExpressionScope): unknown {
  const [first, second] = values.map((value) => asText(value).toLowerCase());
  switch (name.toLowerCase()) {
    case 'format': {
      return asText(values[0]).replace(/\{(\d+)\}/g, (_, index: string) => asText(values[Number(index) + 1]));
    }
    case 'contains': return Array.isArray(values[0]) ? values[0].includes(values[1]) : (first ?? '').includes(second ?? '');
    case 'startswith': return (first ?? '').startsWith(second ?? '');
    case 'endswith': return (first ?? '').endsWith(second ?? '');
    case 'tojson': return JSON.stringify(values[0], undefined, 2);
    case 'fromjson': return JSON.parse(asText(values[0])) as unknown;
    case 'always': return true;
    case 'success': return scope['success'] ?? true;
    case 'failure': return scope['failure'] ?? false;
    case 'cancelled': return scope['cancelled'] ?? false;
    default: throw new SyntaxError(`Unknown function "${name}" in the expression`);
  }
}

function asNumber(value: unknown): number {
  return value === null || value === undefined ? 0 : Number(value);
}

function asText(value: unknown): string {
  return scalarText(value) ?? (value === null || value === undefined ? '' : JSON.stringify(value));
}
