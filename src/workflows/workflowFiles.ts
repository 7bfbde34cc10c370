import { isScalar, LineCounter, parseDocument, type ParsedNode } from 'yaml';
import type { WorkflowFile, WorkflowFiles } from '../core/workflowFile.ts';
import { readDispatchInputs } from './dispatchInputs.ts';
import { readEnvironments } from './jobEnvironments.ts';
import { postsToSlack } from './slackSteps.ts';
import { readTriggers } from './triggers.ts';
import { isTree, treeOf, wordOf, type Tree } from './tree.ts';

/** GitHub gives no text of larger files, and no workflow is this long. */
const longestText = 512 * 1024;

/** Aliases may repeat this many nodes; a file that needs more is an attack ("billion laughs"), not a workflow. */
const mostAliases = 10_000;

/** The parser compares each key of a map with all others: without an end to it, 30,000 keys would stop the editor for seconds. */
const mostKeyComparisons = 500_000;

const tooLarge = 'It is too large for a workflow.';
const tooDeep = 'It is nested too deeply.';
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
    environments: Object.values(treeOf(file['jobs'])).flatMap((job) => readEnvironments(treeOf(job))),
    postsToSlack: postsToSlack(file),
    problem: undefined,
  };
}

function topLevel(text: string): Tree {
  if (text.length > longestText) throw new Unreadable(tooLarge);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: sameKey() });
  const [error] = document.errors;
  if (error) throw new Unreadable(problemAt(lines.linePos(error.pos[0]).line, error.message));
  const content: unknown = document.toJS({ maxAliasCount: mostAliases });
  if (!isTree(content)) throw new Unreadable(notAWorkflow);
  return content;
}

/** The parser reports what is thrown within it, our own limits and an exhausted stack, as mistakes of the file. */
function problemAt(line: number, message: string): string {
  if (message === tooLarge) return tooLarge;
  return /call stack/.test(message) ? tooDeep : `Line ${line}: ${message}`;
}

function sameKey(): (a: ParsedNode, b: ParsedNode) => boolean {
  let comparisons = 0;
  return (a, b) => {
    if (++comparisons > mostKeyComparisons) throw new Unreadable(tooLarge);
    return isScalar(a) && isScalar(b) && a.value === b.value;
  };
}

function unreadable(path: string, problem: string): WorkflowFile {
  return {
    path, name: path, runName: undefined, dispatchInputs: undefined, pushBranches: [], environments: [], postsToSlack: false, problem,
  };
}

function sentence(error: unknown): string {
  return error instanceof RangeError ? tooDeep : error instanceof Error ? error.message : String(error);
}

class Unreadable extends Error {}
