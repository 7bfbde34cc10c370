import { closed } from './expression.ts';
import type { RunRequest } from './run.ts';
import type { Workflow } from './workflow.ts';

/** What a dispatch may send, completed by the defaults; throws where GitHub answers 422. */
export function checkedInputs({ file, inputs }: Workflow, given: Readonly<Record<string, string>>): Record<string, string> {
  if (!inputs) throw new Error(`${file} has no workflow_dispatch.`);
  const unexpected = Object.keys(given).filter((name) => !inputs[name]);
  if (unexpected.length > 0) throw new Error(`Unexpected inputs provided: ${unexpected.join(', ')}`);
  return Object.fromEntries(Object.entries(inputs).map(([name, { type, required, fallback, options }]) => {
    const value = given[name] ?? fallback;
    if (required && value === '') throw new Error(`Required input '${name}' not provided`);
    if (type === 'choice' && !options.includes(value)) throw new Error(`Provided value '${value}' for input '${name}' not in the list of allowed values`);
    return [name, value];
  }));
}

/** The context `inputs`: of a push every input is null. */
export function inputsOf({ event, inputs, workflow }: RunRequest): object {
  return closed(Object.fromEntries(Object.entries(workflow.inputs ?? {}).map(([name, { type }]) => {
    if (event === 'push') return [name, null];
    return [name, type === 'boolean' ? inputs[name] === 'true' : inputs[name]];
  })));
}
