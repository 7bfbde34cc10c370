import type { data } from '@actions/expressions';
import { expressions } from './language.ts';
import type { Template, Templates } from './workflow.ts';

type Value = data.ExpressionData;

/** What an expression may speak of, by the context's name, as plain data. */
export type Contexts = Readonly<Record<string, unknown>>;

/** What the status functions answer: how everything before it went. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

const { Dictionary, StringData, NumberData, BooleanData, Null, Array: List } = expressions.data;
const STATUS_FUNCTIONS = ['success', 'failure', 'cancelled', 'always'];

/** Marks a mapping of which every key is known: asking for another one is an error, where Actions would silently give nothing. */
export function closed<T extends object>(mapping: T): T {
  return Object.assign(Object.create(closedPrototype) as T, mapping);
}
const closedPrototype = {};

class ClosedDictionary extends Dictionary {
  override get(key: string): Value | undefined {
    const value = super.get(key);
    if (value === undefined) throw new Error(`There is no "${key}" among: ${this.pairs().map((pair) => pair.key).join(', ')}.`);
    return value;
  }
}

/** The text that a template gives. */
export function evaluate(template: Template, contexts: Contexts): string {
  return typeof template === 'string' ? template : run(template.expression, contexts, new Map()).coerceString();
}

/** The same for each of them. */
export function evaluateAll(templates: Templates, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(templates).map(([key, template]) => [key, evaluate(template, contexts)]));
}

/** Whether an `if` holds. One that asks for no status holds only after success, as GitHub documents. */
export function holds(condition: string, contexts: Contexts, status: Status): boolean {
  const answers: Readonly<Record<string, boolean>> = { ...status, always: true };
  const functions = new Map(STATUS_FUNCTIONS.map((name) => [name, { name, minArgs: 0, maxArgs: 0, call: () => new BooleanData(answers[name] ?? false) }]));
  const asksForStatus = new RegExp(`\\b(${STATUS_FUNCTIONS.join('|')})\\s*\\(`).test(condition.replaceAll(/'(?:[^']|'')*'/g, ''));
  return run(`!!(${asksForStatus ? condition : `success() && (${condition})`})`, contexts, functions).coerceString() === 'true';
}

function run(expression: string, contexts: Contexts, functions: ConstructorParameters<typeof expressions.Evaluator>[2] & {}): Value {
  try {
    const { tokens } = new expressions.Lexer(expression).lex();
    const tree = new expressions.Parser(tokens, Object.keys(contexts), [...functions.values()]).parse();
    return new expressions.Evaluator(tree, toDictionary(contexts), functions).evaluate();
  } catch (error) {
    throw new Error(`The expression ${expression} cannot be evaluated: ${(error as Error).message}`, { cause: error });
  }
}

function toDictionary(mapping: object): data.Dictionary {
  const pairs = Object.entries(mapping).map(([key, value]) => ({ key, value: toValue(value) }));
  return Object.getPrototypeOf(mapping) === closedPrototype ? new ClosedDictionary(...pairs) : new Dictionary(...pairs);
}

function toValue(value: unknown): Value {
  if (value === undefined || value === null) return new Null();
  if (typeof value === 'string') return new StringData(value);
  if (typeof value === 'number') return new NumberData(value);
  if (typeof value === 'boolean') return new BooleanData(value);
  if (Array.isArray(value)) return new List(...value.map(toValue));
  if (typeof value === 'object') return toDictionary(value);
  throw new Error(`A ${typeof value} is nothing an expression knows.`);
}
