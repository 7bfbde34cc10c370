import { isMap } from 'yaml';
import type { CheckFacts } from '../core/finding.ts';
import { readDispatchInputs } from './dispatchInputs.ts';
import { SourceText } from './sourceText.ts';
import { treeOf } from './tree.ts';
import { parseYaml, Unreadable } from './yamlDocument.ts';
import { YamlTree, type Entry, type Node } from './yamlTree.ts';
import type { WorkflowInput } from '../core/workflowFile.ts';

/** A step with its place. */
export interface CheckedStep {
  readonly node: Node;
  readonly uses: Node | undefined;
  readonly run: Entry | undefined;
}

/** A job with its place and what matters for deploying. */
export interface CheckedJob {
  readonly id: string;
  readonly key: Node;
  readonly map: Node;
  /** It calls a reusable workflow, and then few other keys are allowed. */
  readonly isCall: boolean;
  /** The scalar that names its environment. */
  readonly environment: Node | undefined;
  /** It changes what runs in an environment, as opposed to a job that tests or tells. */
  readonly isDeploy: boolean;
  readonly steps: readonly CheckedStep[];
}

/** A workflow file as the checks read it: every part with its place in the text. */
export interface CheckedWorkflow {
  readonly path: string;
  readonly source: SourceText;
  readonly tree: YamlTree;
  readonly facts: CheckFacts;
  readonly root: Node;
  readonly events: readonly string[];
  readonly inputs: readonly WorkflowInput[];
  /** The map of each input of `workflow_dispatch`. */
  readonly inputEntries: readonly Entry[];
  readonly jobs: readonly CheckedJob[];
  readonly isRollback: boolean;
  /** It runs for pull requests only: what it deploys is a preview, which the next push may replace at any time. */
  readonly isPreview: boolean;
  /** A job names an environment, or the workflow's name says that it deploys. */
  readonly deploys: boolean;
}

const deployWords = /\b(?:deploy(?:s|ing|ment)?|roll(?:ing)?[-_ ]?back|promote|ship|go[-_ ]?live)\b/i;
const jobWords = /deploy|ship|release|roll-?_?\s?back|publish|promote|switch|rsync/i;

/** A file whose name says that it deploys. */
export function isNamedDeploy(path: string): boolean {
  return deployWords.test(spaced(path.slice(path.lastIndexOf('/') + 1)));
}

/** Reads a workflow for the checks; throws `Unreadable`. */
export function readChecked(path: string, text: string, facts: CheckFacts): CheckedWorkflow {
  const tree = new YamlTree(parseYaml(text));
  const { root } = tree;
  if (!isMap(root)) throw new Unreadable('It is not a workflow.');
  // YAML 1.1 reads the bare key `on` as true.
  const on = tree.value(root, 'on') ?? tree.value(root, 'true');
  const events = eventsOf(tree, on);
  const inputNode = tree.value(on, 'workflow_dispatch', 'inputs');
  const name = tree.word(tree.value(root, 'name')) ?? '';
  const isRollback = /roll(?:ing)?[-_ ]?back|\brevert/i.test(`${path.slice(path.lastIndexOf('/') + 1)} ${name}`);
  const isNamed = isNamedDeploy(path) || deployWords.test(spaced(name));
  const seen = new Set<Node>();
  const jobs = tree.entries(tree.value(root, 'jobs')).flatMap(({ name: id, key, value }) => {
    if (!isMap(value) || seen.has(value)) return [];
    seen.add(value);
    return [readJob(tree, id, key, value, isNamed)];
  });
  const hasRecording = jobs.some((job) => job.environment && records(tree, job.map));
  return {
    path,
    source: new SourceText(text),
    tree,
    facts,
    root,
    events,
    isPreview: events.length > 0 && events.every((event) => event.startsWith('pull_request') || event === 'merge_group'),
    inputs: readDispatchInputs({ inputs: plainInputs(tree, inputNode) }),
    inputEntries: tree.entries(inputNode),
    // Where some job leaves deployment records, a job that only takes an environment's secrets does not deploy.
    jobs: jobs.map((job) => (hasRecording && job.environment && !records(tree, job.map) ? { ...job, isDeploy: false } : job)),
    isRollback,
    deploys: isNamed || jobs.some(({ environment }) => environment !== undefined),
  };
}

function readJob(tree: YamlTree, id: string, key: Node, map: Node, isNamed: boolean): CheckedJob {
  const environmentNode = tree.value(map, 'environment');
  const environment = isMap(environmentNode) ? tree.value(environmentNode, 'name') : environmentNode;
  const named = tree.word(environment) === undefined ? undefined : environment;
  const says = jobWords.test(`${id} ${tree.word(tree.value(map, 'name')) ?? ''}`);
  const seen = new Set<Node>();
  const steps = tree.items(tree.value(map, 'steps')).flatMap((node) => {
    if (!isMap(node) || seen.has(node)) return [];
    seen.add(node);
    return [{ node, uses: tree.value(node, 'uses'), run: tree.entry(node, 'run') }];
  });
  return {
    id,
    key,
    map,
    isCall: tree.word(tree.value(map, 'uses')) !== undefined,
    environment: named,
    isDeploy: named === undefined ? isNamed && says : records(tree, map) || says,
    steps,
  };
}

/** False for `deployment: false`. */
function records(tree: YamlTree, job: Node): boolean {
  return tree.word(tree.value(job, 'environment', 'deployment')) !== 'false';
}

function eventsOf(tree: YamlTree, on: Node | undefined): readonly string[] {
  const word = tree.word(on);
  if (word !== undefined) return [word];
  const names = tree.items(on).map((item) => tree.word(item)).filter((item) => item !== undefined);
  return names.length > 0 ? names : tree.entries(on).map(({ name }) => name);
}

/** The inputs as plain data, two levels deep, which no alias can blow up. */
function plainInputs(tree: YamlTree, inputs: Node | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    tree.entries(inputs).map(({ name, value }) => [
      name,
      treeOf(Object.fromEntries(tree.entries(value).map((part) => [part.name, part.name === 'options' ? tree.items(part.value).map((item) => tree.word(item)) : tree.word(part.value)]))),
    ]),
  );
}

function spaced(name: string): string {
  return name.replace(/\.ya?ml$/i, '').replace(/[-_.]+/g, ' ');
}
