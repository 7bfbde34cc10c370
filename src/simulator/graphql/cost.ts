import type { SelectionSetNode } from 'graphql';
import { Kind } from 'graphql/language/kinds.js';
import { argumentsOf, type Execution } from './execute.ts';

/**
 * What a query costs before it is run: one point for every hundred connections it may have to read, at least one.
 * Source: GitHub's page "Rate limits and query limits for the GraphQL API".
 */
export function costOf(execution: Execution): { readonly cost: number; readonly nodeCount: number } {
  let [requests, nodeCount] = [0, 0];
  const visit = (set: SelectionSetNode | undefined, times: number): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) visit(execution.fragments.get(selection.name.value)?.selectionSet, times);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, times);
      else {
        const { first, last } = argumentsOf(selection, execution.variables);
        const size = typeof first === 'number' ? first : typeof last === 'number' ? last : undefined;
        if (size !== undefined) {
          requests += times;
          nodeCount += times * size;
        }
        visit(selection.selectionSet, times * (size ?? 1));
      }
    }
  };
  visit(execution.operation.selectionSet, 1);
  return { cost: Math.max(1, Math.round(requests / 100)), nodeCount };
}
