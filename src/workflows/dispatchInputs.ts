import type { WorkflowInput, WorkflowInputType } from '../core/workflowFile.ts';
import { treeOf, wordOf, wordsOf, type Tree } from './tree.ts';

const types: readonly WorkflowInputType[] = ['string', 'choice', 'boolean', 'number', 'environment'];

/** The inputs of `workflow_dispatch`, in the order of the file; one without a known type takes a string, as on GitHub. */
export function readDispatchInputs(dispatch: Tree): readonly WorkflowInput[] {
  return Object.entries(treeOf(dispatch['inputs'])).map(([name, value]) => {
    const input = treeOf(value);
    const type = types.find((known) => known === input['type']) ?? 'string';
    return {
      name,
      type,
      description: wordOf(input['description']) ?? '',
      required: wordOf(input['required']) === 'true',
      default: wordOf(input['default']),
      options: type === 'choice' && Array.isArray(input['options']) ? wordsOf(input['options']) : [],
    };
  });
}
