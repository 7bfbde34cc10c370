import { split, withoutParentheses } from '../../core/environmentExpression.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';

/** Parts of an event that GitHub itself makes, of letters that no shell minds. */
const harmless = /\.(?:id|node_id|number|sha|before|after|action|login|type|state|merged|draft|private|forced|created|deleted|conclusion|status|event|run_number|run_attempt|\w+_at|\w+_sha|\w+_id|default_branch|full_name|visibility)$/i;

/** Functions that answer yes or no, or a hash. */
const answers = /^(?:contains|startsWith|endsWith|success|failure|always|cancelled|hashFiles)\s*\(/i;

/** What an expression can put into a text that somebody from outside can choose, as paths (`inputs.version`); what it only tests does not count. `env`: the text of a variable. */
export function untrustedPaths(workflow: CheckedWorkflow, expression: string, env: (name: string) => string | undefined = () => undefined): readonly string[] {
  const body = expression.replace(/\[\s*'([\w.-]+)'\s*\]/g, '.$1');
  return [...new Set(results(body).flatMap(pathsIn).filter((path) => isUntrusted(workflow, path) || holdsUntrusted(workflow, path, env)))];
}

/** The operands that can be the value: all of `||`, the last of `&&`, none of a comparison. */
function results(expression: string): readonly string[] {
  const whole = withoutParentheses(expression);
  const choices = split(whole, '||');
  if (choices.length > 1) return choices.flatMap(results);
  const conditions = split(whole, '&&');
  if (conditions.length > 1) return results(conditions.at(-1) ?? '');
  if (whole.startsWith('!') || ['==', '!=', '<', '>'].some((operator) => split(whole, operator).length > 1) || answers.test(whole)) return [];
  return [whole];
}

function pathsIn(operand: string): readonly string[] {
  const bare = operand.replace(/'(?:[^']|'')*'/g, "''");
  return [...bare.matchAll(/(?<![\w.-])(?:inputs|github|env)(?:\s*\.\s*[\w*-]+|\[[^\]]*\])*/gi)].map(([path]) => path.replace(/\s+/g, ''));
}

function isUntrusted(workflow: CheckedWorkflow, path: string): boolean {
  const input = /^(?:github\.event\.)?inputs\.([\w-]+)$/i.exec(path)?.[1];
  if (input !== undefined) return isFreeText(workflow, input);
  if (/^(?:github|inputs|github\.event|github\.event\.inputs)$/i.test(path)) return true;
  if (/^github\.(?:head_ref|ref_name|ref|base_ref)$/i.test(path)) return true;
  if (/^github\.event[.[]/i.test(path)) return !harmless.test(path);
  return false;
}

/** `env.X`, which is filled in like any other expression, where X was given an untrusted value. */
function holdsUntrusted(workflow: CheckedWorkflow, path: string, env: (name: string) => string | undefined): boolean {
  const name = /^env\.([\w-]+)$/i.exec(path)?.[1];
  const value = name === undefined ? undefined : env(name);
  return [...(value ?? '').matchAll(/\$\{\{([\s\S]*?)\}\}/g)].some(([, body]) => untrustedPaths(workflow, body ?? '').length > 0);
}

/** GitHub takes any text for a string; it checks choices, environments, numbers and booleans. */
function isFreeText({ tree, root, inputs }: CheckedWorkflow, name: string): boolean {
  const own = inputs.find((input) => input.name.toLowerCase() === name.toLowerCase());
  const called = tree.word(tree.value(root, 'on', 'workflow_call', 'inputs', name, 'type'));
  const types = [own?.type, called].filter((type) => type !== undefined);
  return types.length === 0 || types.includes('string');
}
