import { isMap, isScalar } from 'yaml';
import type { TextEdit } from '../../core/finding.ts';
import type { CheckedStep, CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf, type Scalar } from '../yamlTree.ts';
import { insertBefore, written, type NewKey } from './insert.ts';

/** A part of a step's script and the shell text that reads the variable instead. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly replacement: (name: string) => string;
}

/** Names that mean something to the shell, the runner or the tools it starts. */
const reserved = /^(?:PATH|HOME|SHELL|USER|PWD|OLDPWD|IFS|ENV|BASH\w*|LANG|LC_\w+|TMPDIR|TERM|CI|EDITOR|HOSTNAME|UID|RANDOM|GITHUB_\w+|RUNNER_\w+|ACTIONS_\w+|LD_\w+|NODE_OPTIONS|GIT_\w+|SSH_\w+|PS\d)$/;

/**
 * The edits that hand a value to a step's script as an environment variable and have the script read it; `undefined` where the
 * step is written in a way that cannot be changed safely. A variable that holds the value already is used again.
 */
export function moveToEnv(
  workflow: CheckedWorkflow,
  step: CheckedStep,
  replacements: readonly Replacement[],
  wanted: { readonly name: string; readonly value: string },
): readonly TextEdit[] | undefined {
  const { tree, source } = workflow;
  const script = step.run?.value;
  if (!step.run || step.run.isAlias || !isScalar(script)) return undefined;
  const env = tree.entry(step.node, 'env');
  if (env && (env.isAlias || !isMap(env.value))) return undefined;
  const job = workflow.jobs.find(({ steps }) => steps.includes(step));
  const around = [env?.value, tree.value(job?.map, 'env'), tree.value(workflow.root, 'env')].flatMap((map) => tree.entries(map));
  const same = around.find(({ value }) => tree.word(value)?.trim() === wanted.value);
  const name = same?.name ?? freeName(wanted.name, around.map((entry) => entry.name), String(script.value));
  const edits = rewrite(workflow, script, replacements, name);
  if (!edits || same) return edits;
  const first = tree.entries(env?.value)[0];
  const isInFlow = isMap(env?.value) ? env.value.flow === true : isMap(step.node) && step.node.flow === true;
  const pair = `${name}: ${written(wanted.value, isInFlow)}`;
  const key: NewKey = first ? { lines: [pair], flow: pair } : { lines: ['env:', `  ${pair}`], flow: `env: { ${name}: ${written(wanted.value, true)} }` };
  const added = env?.value && first ? insertBefore(source, first, env.value, key) : env ? undefined : insertBefore(source, step.run, step.node, key);
  return added && [...added, ...edits];
}

/** The script with the variable read, in the style in which it is written. */
function rewrite({ source }: CheckedWorkflow, script: Scalar, replacements: readonly Replacement[], name: string): readonly TextEdit[] | undefined {
  const { from, to } = spanOf(script);
  const style = script.type;
  const inStyle = (words: string) => (style === 'QUOTE_DOUBLE' ? JSON.stringify(words).slice(1, -1) : style === 'QUOTE_SINGLE' ? words.replaceAll("'", "''") : words);
  // What begins with a quote would be a quoted scalar.
  const begins = replacements.find((one) => one.from === from)?.replacement(name);
  if (style !== 'PLAIN' || begins === undefined || !/^["']/.test(begins)) {
    return replacements.map((one) => source.replace(one.from, one.to, inStyle(one.replacement(name))));
  }
  if (/[\r\n]/.test(source.text.slice(from, to))) return undefined;
  let words = '';
  let at = from;
  for (const one of replacements.toSorted((a, b) => a.from - b.from)) {
    words += source.text.slice(at, one.from) + one.replacement(name);
    at = one.to;
  }
  return [source.replace(from, to, JSON.stringify(words + source.text.slice(at, to)))];
}

function freeName(wanted: string, taken: readonly string[], script: string): string {
  const isFree = (name: string) => !reserved.test(name) && !taken.includes(name) && !new RegExp(String.raw`(?:^|[\s;(])(?:export\s+|local\s+|read\s+)?${name}=|\bread\b[^\n]*\b${name}\b|\$\{?${name}\b|\benv:${name}\b`).test(script);
  const candidates = [wanted, `INPUT_${wanted}`, ...Array.from({ length: 20 }, (_, index) => `INPUT_${wanted}_${index + 2}`)];
  return candidates.find(isFree) ?? `${wanted}_VALUE`;
}
