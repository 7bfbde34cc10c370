import { isTree, treeOf, wordOf, wordsOf, type Tree } from './tree.ts';

/** What starts a workflow, as far as deploying is concerned. */
export interface Triggers {
  /** The content of `workflow_dispatch`; `undefined` when it cannot be started by hand. */
  readonly dispatch: Tree | undefined;
  readonly pushBranches: readonly string[];
}

/** Reads `on: push`, `on: [push, …]` and `on: { push: … }`; `undefined` when nothing starts it. */
export function readTriggers(file: Tree): Triggers | undefined {
  // YAML 1.1 reads the bare key `on` as the boolean true; a file that asks for 1.1 arrives with the key "true".
  const on = file['on'] ?? file['true'];
  const events = eventsOf(on);
  if (!events) return undefined;
  return {
    dispatch: 'workflow_dispatch' in events ? treeOf(events['workflow_dispatch']) : undefined,
    pushBranches: 'push' in events ? branchesOf(treeOf(events['push'])) : [],
  };
}

function eventsOf(on: unknown): Tree | undefined {
  if (isTree(on)) return on;
  const names = Array.isArray(on) ? wordsOf(on) : wordOf(on) === undefined ? [] : wordsOf(on);
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Without a filter every branch counts; with `tags` alone no branch does (GitHub's page "Workflow syntax", `on.push`). */
function branchesOf(push: Tree): readonly string[] {
  if ('branches' in push) return wordsOf(push['branches']);
  if ('branches-ignore' in push) return ['**', ...wordsOf(push['branches-ignore']).map((branch) => `!${branch}`)];
  return 'tags' in push || 'tags-ignore' in push ? [] : ['**'];
}
