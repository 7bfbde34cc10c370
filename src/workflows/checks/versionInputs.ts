import { knownInputs } from '../../core/knownInputs.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';

/** Inputs of `workflow_dispatch` that say which version is meant, the likeliest first. */
export function versionInputs({ inputs }: CheckedWorkflow): readonly string[] {
  const { version } = knownInputs(inputs, '');
  const others = inputs.filter(({ name, type }) => type === 'string' && /version|tag|\bsha|commit|\bref\b|release|revision/i.test(name) && !/expected|current|message/i.test(name)).map(({ name }) => name);
  return [...new Set([...(version === undefined ? [] : [version]), ...others])];
}
