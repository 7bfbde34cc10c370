import { sameEnvironment } from '../../core/environment.ts';
import type { Finding } from '../../core/finding.ts';
import { likelyMeant, slipOf, usualEnvironments } from '../../core/likelyMeant.ts';
import { text } from '../../core/text.ts';
import type { CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf, type Node } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { sources } from './sources.ts';

/** Each environment that a job names exists: GitHub makes one up for a name that it does not know, without any protection. */
export const checkEnvironment: Check = (workflow) => {
  const seen = new Set<number>();
  return named(workflow).flatMap(({ name, from, to }) => {
    if (seen.has(from)) return [];
    seen.add(from);
    return fault(workflow, name, from, to);
  });
};

function fault(workflow: CheckedWorkflow, name: string, from: number, to: number): readonly Finding[] {
  const { environments } = workflow.facts;
  // A name that is almost a usual one is a slip, even while GitHub's list is not known.
  const known = environments ?? usualEnvironments;
  const isThere = known.some((one) => sameEnvironment(one, name));
  const meant = isThere ? slipOf(name, known) : likelyMeant(name, known);
  if (isThere && meant === undefined) return [];
  if (meant === undefined && environments === undefined) return [];
  const why = text('GitHub creates an environment that it does not know at the first run, without reviewers, branch rules or secrets.');
  return [findingAt(workflow, { from, to }, meant === undefined
    ? { code: 'environment', severity: 'warning', message: text('There is no environment “{name}” on GitHub.', { name }), why, source: sources.environments }
    : {
        code: 'environment',
        severity: environments === undefined || isThere ? 'warning' : 'error',
        message: isThere
          ? text('“{name}” exists on GitHub beside “{meant}”, and looks like a slip for it.', { name, meant })
          : text('There is no environment “{name}” on GitHub. “{meant}” may be meant.', { name, meant }),
        why,
        source: sources.environments,
        fixes: fix(text('Change to “{meant}”', { meant }), [workflow.source.replace(from, to, meant)]),
      })];
}

interface Named {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Names in `environment:`, in the quoted words of its expression, and in the choices of the inputs that it reads. */
function named(workflow: CheckedWorkflow): readonly Named[] {
  const { tree, source } = workflow;
  return workflow.jobs.flatMap(({ environment }) => {
    const words = tree.word(environment);
    if (!environment || words === undefined) return [];
    if (!words.includes('${{')) return plain(workflow, environment);
    const { from, to } = spanOf(environment);
    const raw = source.text.slice(from, to);
    // Only an expression that is the whole name gives its quoted words as names, and those it compares with are none.
    if (!/^\s*\$\{\{(?:(?!\}\})[\s\S])*\}\}\s*$/.test(words)) return [];
    const quoted = [...raw.matchAll(/(?<![=!]=\s*)('{1,2})([\w. -]+)\1(?!\s*[=!]=)(?!\s*[,)]\s*\S*\w\()/g)].flatMap((match) => {
      const name = match[2] ?? '';
      const at = from + match.index + (match[1] ?? '').length;
      return /\b(?:contains|startsWith|endsWith|format|fromJSON)\s*\([^()]*$/.test(raw.slice(0, match.index)) ? [] : [{ name, from: at, to: at + name.length }];
    });
    return [...quoted, ...choices(workflow, words)];
  });
}

function plain({ tree, source }: CheckedWorkflow, node: Node): readonly Named[] {
  const { from, to } = spanOf(node);
  const name = (tree.word(node) ?? '').trim();
  const at = source.text.slice(from, to).indexOf(name);
  return name === '' || at < 0 ? [] : [{ name, from: from + at, to: from + at + name.length }];
}

function choices(workflow: CheckedWorkflow, expression: string): readonly Named[] {
  const read = [...expression.matchAll(/\binputs(?:\.([\w-]+)|\[\s*'([^']+)'\s*\])/g)].map((match) => match[1] ?? match[2]);
  return workflow.inputEntries
    .filter(({ name, value }) => read.includes(name) && workflow.tree.word(workflow.tree.value(value, 'type')) === 'choice')
    .flatMap(({ value }) => workflow.tree.items(workflow.tree.value(value, 'options')))
    .flatMap((option) => plain(workflow, option));
}
