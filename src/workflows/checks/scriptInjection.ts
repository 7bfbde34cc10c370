import { isScalar } from 'yaml';
import type { Finding, Fix } from '../../core/finding.ts';
import { text } from '../../core/text.ts';
import type { CheckedJob, CheckedStep, CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf, type Node } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { moveToEnv, type Replacement } from './moveToEnv.ts';
import { seesSecrets } from './seesSecrets.ts';
import { quotingAtEnd, shellOf, type Shell } from './shell.ts';
import { sources } from './sources.ts';
import { untrustedPaths } from './untrusted.ts';

/** Text that others choose reaches a script as data, in a variable, never as part of the script. */
export const checkScriptInjection: Check = (workflow) => {
  const { tree } = workflow;
  const seen = new Set<Node>();
  return workflow.jobs.flatMap((job) =>
    job.steps.flatMap((step) => {
      const isScript = (tree.word(step.uses) ?? '').startsWith('actions/github-script@');
      const node = step.run?.value ?? (isScript ? tree.value(step.node, 'with', 'script') : undefined);
      if (!node || !isScalar(node) || seen.has(node)) return [];
      seen.add(node);
      return injections(workflow, job, step, node);
    }),
  );
};

function injections(workflow: CheckedWorkflow, job: CheckedJob, step: CheckedStep, node: Node): readonly Finding[] {
  const { source } = workflow;
  const { from, to } = spanOf(node);
  const raw = source.text.slice(from, to);
  const env = (name: string) => variable(workflow, job, step, name);
  const places = [...raw.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].map((match) => ({ at: match.index, length: match[0].length, words: match[0], body: (match[1] ?? '').replaceAll(/\s+/g, ' ').trim() }));
  return places.flatMap(({ at, length, body }) => {
    // A quoted scalar doubles its single quotes.
    const expression = isScalar(node) && node.type === 'QUOTE_SINGLE' ? body.replaceAll("''", "'") : body;
    const [path] = untrustedPaths(workflow, expression, env);
    if (path === undefined) return [];
    const own = places.filter((place) => place.body === body);
    return [findingAt(workflow, { from: from + at, to: from + at + length }, {
      code: 'script-injection',
      severity: job.isDeploy || seesSecrets(workflow, job) ? 'error' : 'warning',
      message: text('{expression} becomes part of the script.', { expression: path }),
      why: text('Whoever chooses its text can run commands here, with the job’s secrets: GitHub puts it in before the shell reads the line. Hand it over in “env” and read the variable.'),
      source: sources.scriptInjection,
      fixes: step.run ? move(workflow, job, step, { expression, path, raw, from, places: own }) : [],
    })];
  });
}

/** The text of a variable of the step, its job or the workflow. */
function variable({ tree, root }: CheckedWorkflow, job: CheckedJob, step: CheckedStep, name: string): string | undefined {
  const places = [step.node, job.map, root].map((node) => tree.word(tree.value(node, 'env', name)));
  return places.find((word) => word !== undefined);
}

interface Moved {
  readonly expression: string;
  readonly path: string;
  readonly raw: string;
  readonly from: number;
  readonly places: readonly { readonly at: number; readonly length: number }[];
}

function move(workflow: CheckedWorkflow, job: CheckedJob, step: CheckedStep, { expression, path, raw, from, places }: Moved): readonly Fix[] {
  const shell = shellOf(workflow, job, step);
  const replacements = places.map(({ at, length }) => replacementAt(shell, scriptBefore(raw, at, step), raw, from, at, length));
  if (!replacements.every((one) => one !== undefined)) return [];
  // A variable is there already, with the text that it was given.
  const variableRead = /^env\.([\w-]+)$/.exec(expression)?.[1];
  const given = variableRead === undefined ? undefined : variable(workflow, job, step, variableRead)?.trim();
  return fix(text('Hand it over in env'), moveToEnv(workflow, step, replacements, { name: variableName(path), value: given ?? `\${{ ${expression} }}` }));
}

/** The shell's own text before a place: without the header of a block scalar, and without YAML's quotes. */
function scriptBefore(raw: string, at: number, step: CheckedStep): string {
  const before = raw.slice(0, at);
  const value = step.run?.value;
  const style = isScalar(value) ? value.type : undefined;
  if (style === 'BLOCK_LITERAL' || style === 'BLOCK_FOLDED') return before.replace(/^[^\r\n]*(?:\r\n|\n|\r)/, '');
  if (style === 'QUOTE_DOUBLE') return before.slice(1).replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
  return style === 'QUOTE_SINGLE' ? before.slice(1).replaceAll("''", "'") : before;
}

function replacementAt(shell: Shell, before: string, raw: string, from: number, at: number, length: number): Replacement | undefined {
  const place = { from: from + at, to: from + at + length };
  if (shell === 'other') return undefined;
  if (shell === 'powershell') {
    // In single quotes nothing is read.
    return (before.match(/'/g)?.length ?? 0) % 2 === 1 ? undefined : { ...place, replacement: (name) => `\${env:${name}}` };
  }
  const quoting = quotingAtEnd(before);
  switch (quoting) {
    case 'unsure':
      return undefined;
    case 'double':
      return { ...place, replacement: (name) => `\${${name}}` };
    case 'none':
      return { ...place, replacement: (name) => `"\${${name}}"` };
    case 'single': {
      const isAlone = raw[at - 1] === "'" && raw[at + length] === "'" && !before.endsWith("''");
      return isAlone && raw[at - 2] !== "'"
        ? { from: place.from - 1, to: place.to + 1, replacement: (name) => `"\${${name}}"` }
        : { ...place, replacement: (name) => `'"\${${name}}"'` };
    }
  }
}

/** `inputs.dry-run` → `DRY_RUN`, `github.event.head_commit.message` → `HEAD_COMMIT_MESSAGE`. */
function variableName(path: string): string {
  const words = path.replace(/^(?:github\.event\.inputs|inputs|github\.event|github)\.?/i, '').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '').toUpperCase();
  return /^[A-Z]/.test(words) ? words : `VALUE${words === '' ? '' : `_${words}`}`;
}
