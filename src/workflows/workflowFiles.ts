import type { WorkflowFile, WorkflowFiles } from '../core/workflowFile.ts';
import { readDispatchInputs } from './dispatchInputs.ts';
import { readEnvironments } from './jobEnvironments.ts';
import { postsToSlack } from './slackSteps.ts';
import { readTriggers } from './triggers.ts';
import { isTree, treeOf, wordOf, type Tree } from './tree.ts';
import { parseYaml, tooDeep, Unreadable } from './yamlDocument.ts';

// One bundle carries the parser and all that needs it.
export { createWorkflowChecks } from './workflowChecks.ts';

/** Aliases may repeat this many nodes; a file that needs more is an attack ("billion laughs"), not a workflow. */
const mostAliases = 10_000;

const notAWorkflow = 'It is not a workflow.';
const noJobs = 'It has no jobs.';
const nothingStartsIt = 'It has no “on” that says what starts it.';

/** The reader of workflow files: the bundle that carries the YAML parser. */
export function createWorkflowFiles(): WorkflowFiles {
  return {
    parse(path, text) {
      try {
        return read(path, text);
      } catch (error) {
        return unreadable(path, error instanceof Unreadable ? error.message : sentence(error));
      }
    },
  };
}

function read(path: string, text: string): WorkflowFile {
  const file = topLevel(text);
  const triggers = readTriggers(file);
  if (!triggers) throw new Unreadable(nothingStartsIt);
  if (!isTree(file['jobs'])) throw new Unreadable(noJobs);
  return {
    path,
    name: wordOf(file['name']) ?? path,
    runName: wordOf(file['run-name']),
    dispatchInputs: triggers.dispatch && readDispatchInputs(triggers.dispatch),
    pushBranches: triggers.pushBranches,
    environments: Object.values(treeOf(file['jobs'])).flatMap((job) => readEnvironments(treeOf(job), file['permissions'])),
    postsToSlack: postsToSlack(file),
    problem: undefined,
  };
}

function topLevel(text: string): Tree {
  const content: unknown = parseYaml(text).toJS({ maxAliasCount: mostAliases });
  if (!isTree(content)) throw new Unreadable(notAWorkflow);
  return content;
}

function unreadable(path: string, problem: string): WorkflowFile {
  return {
    path, name: path, runName: undefined, dispatchInputs: undefined, pushBranches: [], environments: [], postsToSlack: false, problem,
  };
}

function sentence(error: unknown): string {
  return error instanceof RangeError ? tooDeep : error instanceof Error ? error.message : String(error);
}
