import type { FieldNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode, ValueNode } from 'graphql';
import { Kind } from 'graphql/language/kinds.js';
import { GraphError, GraphRefusal, type Args, type GraphNode } from './graph.ts';

/** An error in GraphQL's answer. */
export interface AnsweredError {
  readonly type: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What an operation needs to be executed. */
export interface Execution {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: AnsweredError[];
}

/** The interfaces and unions that a fragment's condition may name. */
const ABSTRACT: Readonly<Record<string, readonly string[]>> = {
  Actor: ['User', 'Bot', 'Organization'],
  RepositoryOwner: ['User', 'Organization'],
  DeploymentReviewer: ['User', 'Team'],
  GitObject: ['Commit', 'Tree', 'Blob', 'Tag'],
  StatusCheckRollupContext: ['CheckRun'],
};

/** Executes an operation over nodes. A field that no node has refuses the whole request, as GitHub's validation does. */
export function execute(execution: Execution, root: GraphNode): Record<string, unknown> | null {
  return selectFrom(execution, root, [execution.operation.selectionSet], []);
}

/** The value of an argument, with its variables. */
export function argumentsOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): Args {
  return Object.fromEntries((field.arguments ?? []).flatMap(({ name, value }) => {
    const given = valueOf(value, variables);
    return given === undefined ? [] : [[name.value, given]];
  }));
}

function selectFrom(
  execution: Execution, node: GraphNode, sets: readonly SelectionSetNode[], path: readonly (string | number)[],
): Record<string, unknown> | null {
  const fields = new Map<string, FieldNode[]>();
  for (const set of sets) collect(execution, node.__typename, set, fields);
  const answer: Record<string, unknown> = {};
  for (const [key, same] of fields) {
    const [first] = same;
    if (!first) continue;
    const here = [...path, key];
    try {
      answer[key] = complete(execution, resolve(execution, node, first), same, here);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      execution.errors.push({ type: error.type, path: here, message: error.message });
      if (error.isRequired) return null;
      answer[key] = null;
    }
  }
  return answer;
}

function collect(execution: Execution, typename: string, set: SelectionSetNode, into: Map<string, FieldNode[]>): void {
  for (const selection of set.selections) {
    if (isLeftOut(selection, execution.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      into.set(key, [...(into.get(key) ?? []), selection]);
    } else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : execution.fragments.get(selection.name.value);
      if (!fragment) throw new GraphRefusal('Fragment was used, but not defined', { code: 'useAndDefineFragment' });
      const condition = fragment.typeCondition?.name.value;
      if (condition === undefined || isA(typename, condition)) collect(execution, typename, fragment.selectionSet, into);
    }
  }
}

function resolve(execution: Execution, node: GraphNode, field: FieldNode): unknown {
  const name = field.name.value;
  if (name === '__typename') return node.__typename;
  if (!Object.hasOwn(node.fields, name)) {
    throw new GraphRefusal(`Field '${name}' doesn't exist on type '${node.__typename}'`, {
      code: 'undefinedField', typeName: node.__typename, fieldName: name,
    });
  }
  const value = node.fields[name];
  return typeof value === 'function' ? (value as (args: Args) => unknown)(argumentsOf(field, execution.variables)) : value;
}

function complete(execution: Execution, value: unknown, fields: readonly FieldNode[], path: readonly (string | number)[]): unknown {
  if (Array.isArray(value)) return value.map((one, index) => complete(execution, one, fields, [...path, index]));
  if (value instanceof GraphError) {
    execution.errors.push({ type: value.type, path, message: value.message });
    return null;
  }
  if (!isNode(value)) return value ?? null;
  const sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (sets.length === 0) {
    throw new GraphRefusal(`Field must have selections (field '${path.at(-1)}' returns ${value.__typename} but has no selections.)`, { code: 'selectionMismatch' });
  }
  return selectFrom(execution, value, sets, path);
}

function isNode(value: unknown): value is GraphNode {
  return typeof value === 'object' && value !== null && '__typename' in value && 'fields' in value;
}

function isA(typename: string, condition: string): boolean {
  return typename === condition || condition === 'Node' || condition === 'UniformResourceLocatable' ||
    (ABSTRACT[condition]?.includes(typename) ?? false);
}

/** Whether `@skip` or `@include` leaves a selection out. */
export function isLeftOut(
  { directives }: { readonly directives?: FieldNode['directives'] }, variables: Readonly<Record<string, unknown>>,
): boolean {
  return (directives ?? []).some(({ name, arguments: given }) => {
    const condition = given?.[0] ? valueOf(given[0].value, variables) : undefined;
    return name.value === 'skip' ? condition === true : name.value === 'include' && condition === false;
  });
}

function valueOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (value.kind) {
    case Kind.VARIABLE: return variables[value.name.value];
    case Kind.NULL: return null;
    case Kind.INT:
    case Kind.FLOAT: return Number(value.value);
    case Kind.LIST: return value.values.map((one) => valueOf(one, variables));
    case Kind.OBJECT: return Object.fromEntries(value.fields.map((one) => [one.name.value, valueOf(one.value, variables)]));
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM: return value.value;
  }
}
