import { knownInputs } from '../../core/knownInputs.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';

/** Finds where an expression reads an input, whatever its name is made of. */
export function readsInput(name: string): RegExp {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`\binputs(?:\.${literal}(?![\w-])|\[\s*'${literal}')`, 'i');
}

/** Inputs of `workflow_dispatch` that say which version is meant, the likeliest first. */
export function versionInputs({ inputs }: CheckedWorkflow): readonly string[] {
  const { version } = knownInputs(inputs, '');
  const others = inputs.filter(({ name, type }) => type === 'string' && /version|tag|\bsha|commit|\bref\b|release|revision/i.test(name) && !/expected|current|message/i.test(name)).map(({ name }) => name);
  return [...new Set([...(version === undefined ? [] : [version]), ...others])];
}
