import { parser } from './language.ts';

/** A `${{ }}`; text around it has become a call of `format`. */
export interface Expression {
  readonly expression: string;
}

/** A workflow file as GitHub's parser reads it: scalars as text, expressions, lists, mappings. */
export type Tree = string | Expression | readonly Tree[] | { readonly [key: string]: Tree };

/** Reads a workflow file; throws with everything that GitHub's parser has to say against it. */
export async function readTree(name: string, content: string): Promise<Readonly<Record<string, Tree>>> {
  const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter());
  if (value) await parser.convertWorkflowTemplate(context, value);
  const errors = context.errors.getErrors().map(({ message }) => message);
  if (errors.length > 0 || !value) throw new Error(`GitHub does not accept ${name}:\n  ${errors.join('\n  ')}`);
  return mappingOf(toTree(value), name);
}

/** Whether it is a `${{ }}`. */
export function isExpression(tree: Tree | undefined): tree is Expression {
  return typeof tree === 'object' && !Array.isArray(tree) && 'expression' in tree && Object.keys(tree).length === 1 && typeof tree['expression'] === 'string';
}

/** A mapping, or the error that there is none. */
export function mappingOf(tree: Tree | undefined, place: string): Readonly<Record<string, Tree>> {
  if (tree === undefined || typeof tree === 'string' || Array.isArray(tree) || isExpression(tree)) throw new Error(`${place} is no mapping.`);
  // The cases before leave only a mapping, which the compiler does not see of readonly arrays.
  return tree as Readonly<Record<string, Tree>>;
}

type Token = NonNullable<ReturnType<typeof parser.parseWorkflow>['value']>;

function toTree(token: Token): Tree {
  if (parser.isMapping(token)) return Object.fromEntries([...token].map(({ key, value }) => [key.toString(), toTree(value)]));
  if (parser.isSequence(token)) return [...token].map(toTree);
  if (parser.isBasicExpression(token)) return { expression: token.expression };
  if (parser.isScalar(token)) return token.toString();
  throw new Error('A token that is neither mapping, list, expression nor scalar.');
}
