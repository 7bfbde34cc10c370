import type { EnvironmentUse } from '../core/workflowFile.ts';
import { isTree, treeOf, wordOf, wordsOf, type Tree } from './tree.ts';

/** Inputs by which callers commonly tell a reusable workflow its environment. */
const callInputs = ['environment', 'environment_name', 'environment-name', 'deploy_environment', 'target_environment', 'env', 'stage'];

/**
 * The environment that a job deploys to or takes secrets from; also the one that it hands to a reusable workflow. `permissions`: the
 * workflow's own, which hold for a job that has none.
 */
export function readEnvironments(job: Tree, permissions?: unknown): readonly EnvironmentUse[] {
  const own = job['environment'];
  const detailed = treeOf(own);
  const handed = wordOf(job['uses']) === undefined ? [] : callInputs.map((name) => wordOf(treeOf(job['with'])[name]));
  const name = isTree(own) ? wordOf(detailed['name']) : wordOf(own);
  return [name, ...handed]
    .filter((text) => text !== undefined && text.trim() !== '')
    .map((text) => use(text as string, job, wordOf(detailed['deployment']) !== 'false' || recordsByItself(text as string, job, permissions)));
}

/**
 * True for a job with `deployment: false` that deploys all the same and writes the record itself: its token may write deployments,
 * and either the run decides its environment, or it takes its turn in a concurrency group of its own. A job that passes through a fixed
 * environment for its secrets (to tell a chat, to close a record) has neither, whatever its token may do.
 */
function recordsByItself(name: string, job: Tree, permissions: unknown): boolean {
  const granted = job['permissions'] ?? permissions;
  const mayRecord = wordOf(granted) === 'write-all' || wordOf(treeOf(granted)['deployments']) === 'write';
  return mayRecord && (name.includes('${{') || job['concurrency'] !== undefined);
}

function use(text: string, job: Tree, recordsDeployment: boolean): EnvironmentUse {
  const name = text.trim();
  if (!name.includes('${{')) return { name, isExpression: false, candidates: [], inputs: [], recordsDeployment };
  return { name, isExpression: true, candidates: candidates(name, job), inputs: inputsRead(name), recordsDeployment };
}

/** The quoted words of an expression and the values of the matrix it reads; nothing where the name is glued from parts. */
function candidates(name: string, job: Tree): readonly string[] {
  const body = /^\$\{\{((?:(?!\}\})[\s\S])*)\}\}$/.exec(name)?.[1];
  if (body === undefined) return [];
  const quoted = [...body.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
  const fromMatrix = [...body.matchAll(/\bmatrix\.([\w-]+)/g)].flatMap((match) => matrixValues(job, match[1] ?? ''));
  return [...new Set([...quoted, ...fromMatrix])].filter((word) => word !== '');
}

function matrixValues(job: Tree, key: string): readonly string[] {
  const matrix = treeOf(treeOf(job['strategy'])['matrix']);
  const included: readonly unknown[] = Array.isArray(matrix['include']) ? matrix['include'] : [];
  return [...wordsOf(matrix[key]), ...included.flatMap((entry) => wordsOf(treeOf(entry)[key]))].filter((value) => !value.includes('${{'));
}

/** `inputs.x`, `inputs['x']`, and both behind `github.event`. */
function inputsRead(name: string): readonly string[] {
  const names = [...name.matchAll(/\binputs(?:\.([A-Za-z_][\w-]*)|\[\s*'([^']+)'\s*\])/g)].map((match) => match[1] ?? match[2]);
  return [...new Set(names.filter((one) => one !== undefined))];
}
