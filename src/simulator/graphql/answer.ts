import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { GraphQLError } from 'graphql/error/GraphQLError.js';
import { OperationTypeNode } from 'graphql/language/ast.js';
import { Kind } from 'graphql/language/kinds.js';
import { parse } from 'graphql/language/parser.js';
import { ANONYMOUS, tokenOf } from '../access.ts';
import type { Budgets } from '../budgets.ts';
import { json, type SimRequest, type SimResponse } from '../http.ts';
import { commonHeaders } from '../rest/answer.ts';
import { Refusal } from '../rest/call.ts';
import { iso, urlsFor } from '../wire/urls.ts';
import type { Token } from '../world/tokens.ts';
import type { World } from '../world/world.ts';
import { costOf } from './cost.ts';
import { execute, type AnsweredError, type Execution } from './execute.ts';
import { GraphRefusal, type Graph } from './graph.ts';
import { nodes } from './nodes.ts';
import { mutationRoot, queryRoot } from './roots.ts';

const MAX_NODES = 500_000;

/** Answers a GraphQL request, always with 200 unless nobody is signed in, and says what it cost. */
export function answerGraphql(world: World, budgets: Budgets, request: SimRequest): { response: SimResponse; cost: number } {
  let token: Token;
  try {
    token = tokenOf(world, request);
    if (token === ANONYMOUS) throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  } catch (error) {
    if (error instanceof Refusal) return { response: error.answer(), cost: 0 };
    throw error;
  }
  const { body, cost } = answerBody(world, budgets, token, request);
  budgets.spend(token.login, 'graphql', cost);
  const headers = { ...commonHeaders(world, token, request), ...budgets.headers(token.login, 'graphql') };
  return { response: json(body, 200, headers), cost };
}

function answerBody(
  world: World, budgets: Budgets, token: Token, request: SimRequest,
): { body: Record<string, unknown>; cost: number } {
  if (budgets.isExhausted(token.login, 'graphql')) {
    const id = world.accounts.get(token.login)?.id ?? 0;
    return { body: { errors: [{ type: 'RATE_LIMITED', message: `API rate limit exceeded for user ID ${id}.` }] }, cost: 0 };
  }
  try {
    const execution = prepare(request.body);
    const { cost, nodeCount } = costOf(execution);
    if (nodeCount > MAX_NODES) {
      throw new GraphRefusal(`This query requests up to ${nodeCount} possible nodes which exceeds the maximum limit of 500,000.`, { code: 'MAX_NODE_LIMIT_EXCEEDED' });
    }
    const graph: Graph = { world, token, nodes, urls: urlsFor(request) };
    const root = execution.operation.operation === OperationTypeNode.MUTATION
      ? mutationRoot(graph)
      : queryRoot(graph, () => (world.server.hasRateLimits ? rateLimitNode(budgets, token.login, cost, nodeCount) : null));
    const data = execute(execution, root);
    return { body: { data, ...(execution.errors.length > 0 ? { errors: execution.errors } : {}) }, cost };
  } catch (error) {
    if (error instanceof GraphRefusal) return { body: { errors: [{ message: error.message, extensions: error.extensions }] }, cost: 1 };
    if (error instanceof GraphQLError || error instanceof SyntaxError) return { body: { errors: [{ message: error.message }] }, cost: 1 };
    throw error;
  }
}

const documents = new Map<string, DocumentNode>();

function prepare(body: string): Execution {
  const { query, variables, operationName } = JSON.parse(body) as {
    query: string; variables?: Record<string, unknown> | null; operationName?: string | null;
  };
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  const operations = document.definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  const operation = operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0];
  if (!operation) throw new GraphRefusal('A query attribute must be specified and must be a string.', { code: 'noOperation' });
  const fragments = document.definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return {
    operation,
    fragments: new Map(fragments.map((one) => [one.name.value, one])),
    variables: withDefaults(operation, variables ?? {}),
    errors: [] satisfies AnsweredError[],
  };
}

function withDefaults(operation: OperationDefinitionNode, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = { ...given };
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (values[name] !== undefined) continue;
    if (defaultValue?.kind === Kind.INT) values[name] = Number(defaultValue.value);
    else if (defaultValue && 'value' in defaultValue) values[name] = defaultValue.value;
    else if (type.kind === Kind.NON_NULL_TYPE) {
      throw new GraphRefusal(`Variable $${name} was provided invalid value`, { problems: [{ path: [], explanation: 'Expected value to not be null' }] });
    }
  }
  return values;
}

function rateLimitNode(budgets: Budgets, login: string, cost: number, nodeCount: number): ReturnType<typeof queryRoot> {
  const { limit, used, reset } = budgets.state(login, 'graphql');
  return {
    __typename: 'RateLimit',
    fields: {
      limit, cost, nodeCount, used: used + cost, remaining: Math.max(0, limit - used - cost), resetAt: iso(reset * 1000),
    },
  };
}
