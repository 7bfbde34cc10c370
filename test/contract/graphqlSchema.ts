import { readFileSync } from 'node:fs';
import {
  buildSchema, getDirectiveValues, getNamedType, GraphQLIncludeDirective, GraphQLSkipDirective, getOperationAST, isAbstractType, isEnumType, isLeafType, isListType, isNonNullType, isObjectType,
  parse, validate, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, type SelectionSetNode, Kind, type DocumentNode,
} from 'graphql';
import type { ExchangedRequest, ExchangedResponse } from './openApi.ts';

let schema: GraphQLSchema | undefined;

/** GitHub's public GraphQL schema. */
export function graphqlSchema(): GraphQLSchema {
  schema ??= buildSchema(readFileSync(new URL('./schema.graphql', import.meta.resolve('@octokit/graphql-schema')), 'utf8'), { assumeValid: true });
  return schema;
}

/** What the schema says against an operation and the answer to it. */
export function checkGraphqlExchange(request: ExchangedRequest, response: ExchangedResponse): readonly string[] {
  const { query, operationName, variables } = JSON.parse(request.body) as { query: string; operationName?: string; variables?: Record<string, unknown> };
  const document = parse(query);
  const problems = validate(graphqlSchema(), document).map(({ message }) => `GraphQL operation: ${message}`);
  if (response.status !== 200 || problems.length > 0) return problems;
  const { data, errors } = JSON.parse(response.body) as { data?: Record<string, unknown> | null; errors?: { path?: (string | number)[] }[] };
  const operation = getOperationAST(document, operationName);
  const root = operation && graphqlSchema().getRootType(operation.operation);
  if (!operation || !root) return [...problems, 'GraphQL operation: not found'];
  if (!data) return errors ? problems : [...problems, 'GraphQL answer: neither data nor errors'];
  const excused = new Set((errors ?? []).map(({ path }) => (path ?? []).join('.')));
  return [...problems, ...new AnswerCheck(document, excused, variables ?? {}).object(data, root, [operation.selectionSet], '')];
}

/** Walks an answer beside its operation and its types. */
class AnswerCheck {
  readonly #document: DocumentNode;
  readonly #excused: ReadonlySet<string>;
  readonly #variables: Readonly<Record<string, unknown>>;

  constructor(document: DocumentNode, excused: ReadonlySet<string>, variables: Readonly<Record<string, unknown>>) {
    this.#document = document;
    this.#variables = variables;
    this.#excused = excused;
  }

  object(value: Record<string, unknown>, type: GraphQLObjectType, sets: readonly SelectionSetNode[], at: string): string[] {
    const expected = new Map<string, { name: string; sets: SelectionSetNode[] }>();
    for (const set of sets) this.#collect(type, set, expected);
    const problems = Object.keys(value).filter((key) => !expected.has(key)).map((key) => `GraphQL answer: ${at}.${key} was not asked for`);
    for (const [key, { name, sets: inner }] of expected) {
      if (name === '__typename') continue;
      const path = at === '' ? key : `${at}.${key}`;
      const field = type.getFields()[name];
      if (!field) problems.push(`GraphQL answer: ${type.name} has no field ${name}`);
      else if (!(key in value)) problems.push(`GraphQL answer: ${path} is missing`);
      else problems.push(...this.#value(value[key], field.type, inner, path));
    }
    return problems;
  }

  #value(value: unknown, type: GraphQLOutputType, sets: readonly SelectionSetNode[], at: string): string[] {
    if (isNonNullType(type)) {
      if (value !== null && value !== undefined) return this.#value(value, type.ofType, sets, at);
      return this.#excused.has(at) ? [] : [`GraphQL answer: ${at} must not be null`];
    }
    if (value === null) return [];
    if (isListType(type)) {
      if (!Array.isArray(value)) return [`GraphQL answer: ${at} is not a list`];
      return value.flatMap((one, index) => this.#value(one, type.ofType, sets, `${at}.${index}`));
    }
    if (isLeafType(type)) return leafProblems(value, type.name, at, isEnumType(type) ? type.getValues().map(({ name }) => name) : undefined);
    if (typeof value !== 'object') return [`GraphQL answer: ${at} is not an object`];
    const object = value as Record<string, unknown>;
    const actual = isAbstractType(type) ? this.#actual(object, type.name) : getNamedType(type);
    return isObjectType(actual) ? this.object(object, actual, sets, at) : [];
  }

  /** The concrete type of an abstract field, known only when the operation asks for `__typename`. */
  #actual(value: Record<string, unknown>, abstract: string): unknown {
    const name = value['__typename'];
    const possible = graphqlSchema().getType(typeof name === 'string' ? name : abstract);
    return possible;
  }

  #collect(type: GraphQLObjectType, set: SelectionSetNode, into: Map<string, { name: string; sets: SelectionSetNode[] }>): void {
    for (const selection of set.selections) {
      const included = getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables)?.['if'] ?? true;
      const skipped = getDirectiveValues(GraphQLSkipDirective, selection, this.#variables)?.['if'] ?? false;
      if (included === false || skipped === true) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = into.get(key);
        const sets = selection.selectionSet ? [selection.selectionSet] : [];
        into.set(key, { name: selection.name.value, sets: [...(known?.sets ?? []), ...sets] });
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : this.#document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value);
      if (!fragment || !('selectionSet' in fragment) || fragment.kind === Kind.OPERATION_DEFINITION) continue;
      const condition = fragment.typeCondition?.name.value ?? type.name;
      const conditionType = graphqlSchema().getType(condition);
      const applies = condition === type.name || (isAbstractType(conditionType) && graphqlSchema().isSubType(conditionType, type));
      if (applies) this.#collect(type, fragment.selectionSet, into);
    }
  }
}

function leafProblems(value: unknown, type: string, at: string, names: readonly string[] | undefined): string[] {
  const isRight = names
    ? names.includes(value as string)
    : type === 'Int' ? Number.isInteger(value)
      : type === 'Float' ? typeof value === 'number'
        : type === 'Boolean' ? typeof value === 'boolean'
          : type === 'DateTime' || type === 'GitTimestamp' ? typeof value === 'string' && !Number.isNaN(Date.parse(value))
            : typeof value === 'string';
  return isRight ? [] : [`GraphQL answer: ${at} is no ${type}: ${JSON.stringify(value)}`];
}
