import { parse } from 'yaml';
import { scalarText } from './scalarText.ts';

/** An input of `workflow_dispatch`. */
export interface InputDefinition {
  readonly type: 'string' | 'choice' | 'boolean' | 'number' | 'environment';
  readonly required: boolean;
  readonly default?: string;
  readonly options: readonly string[];
}

/** A step as its file describes it; texts may hold expressions. */
export interface StepDefinition {
  readonly name: string;
  readonly id: string | undefined;
  /** The command; `undefined` for an action. */
  readonly run: string | undefined;
  readonly condition: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

/** A job as its file describes it; texts may hold expressions. */
export interface JobDefinition {
  readonly key: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly condition: string | undefined;
  readonly steps: readonly StepDefinition[];
  /** The workflow's and the job's own, the job's first. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** Its failure fails neither the run nor what needs it. */
  readonly continuesOnError: boolean;
  readonly environment: string | undefined;
  readonly environmentUrl: string;
  /** False for `environment: { deployment: false }`: gates and secrets, but no record. */
  readonly recordsDeployment: boolean;
  readonly group: string | undefined;
  /** How many may wait in the group: the newest alone, or up to a hundred in order. */
  readonly queue: 'single' | 'max';
}

/** What the simulated GitHub understands of a workflow file. */
export interface WorkflowDefinition {
  readonly name: string | undefined;
  readonly runName: string | undefined;
  /** By event name; `push` carries the branches it listens to, if it names any. */
  readonly triggers: ReadonlyMap<string, { readonly branches: readonly string[] | undefined }>;
  readonly inputs: ReadonlyMap<string, InputDefinition>;
  readonly jobs: readonly JobDefinition[];
}

const cache = new Map<string, WorkflowDefinition | undefined>();

/** Reads a workflow file; `undefined` when it is not YAML or not a workflow. */
export function readWorkflow(text: string): WorkflowDefinition | undefined {
  if (!cache.has(text)) cache.set(text, parseWorkflow(text));
  return cache.get(text);
}

function parseWorkflow(text: string): WorkflowDefinition | undefined {
  let file: Tree;
  try {
    file = tree(parse(text));
  } catch {
    return undefined;
  }
  if (!('on' in file) || !('jobs' in file)) return undefined;
  const triggers = readTriggers(file['on']);
  const dispatch = typeof file['on'] === 'object' ? tree(tree(file['on'])['workflow_dispatch']) : {};
  return {
    name: scalarText(file['name']),
    runName: scalarText(file['run-name']),
    triggers,
    inputs: new Map(Object.entries(tree(dispatch['inputs'])).map(([name, value]) => [name, readInput(tree(value))])),
    jobs: Object.entries(tree(file['jobs'])).map(([key, value]) => readJob(key, tree(value), texts(file['env']))),
  };
}

function readTriggers(on: unknown): Map<string, { branches: readonly string[] | undefined }> {
  if (typeof on === 'string') return new Map([[on, { branches: undefined }]]);
  if (Array.isArray(on)) return new Map(on.map((name) => [String(name), { branches: undefined }]));
  return new Map(
    Object.entries(tree(on)).map(([name, value]) => [name, { branches: list(tree(value)['branches']) }]),
  );
}

function readInput(input: Tree): InputDefinition {
  const type = scalarText(input['type']) as InputDefinition['type'] | undefined;
  const fallback = scalarText(input['default']);
  return {
    type: type ?? 'string',
    required: input['required'] === true,
    options: list(input['options']) ?? [],
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

function readJob(key: string, job: Tree, env: Readonly<Record<string, string>>): JobDefinition {
  const environment = job['environment'];
  const detailed = tree(environment);
  const concurrency = job['concurrency'];
  return {
    key,
    name: scalarText(job['name']) ?? key,
    needs: list(job['needs']) ?? [],
    condition: scalarText(job['if']),
    steps: (Array.isArray(job['steps']) ? job['steps'] : []).map((step) => readStep(tree(step))),
    env: { ...env, ...texts(job['env']) },
    outputs: texts(job['outputs']),
    continuesOnError: job['continue-on-error'] === true,
    environment: typeof environment === 'string' ? environment : scalarText(detailed['name']),
    environmentUrl: scalarText(detailed['url']) ?? '',
    recordsDeployment: detailed['deployment'] !== false,
    group: typeof concurrency === 'string' ? concurrency : scalarText(tree(concurrency)['group']),
    queue: tree(concurrency)['queue'] === 'max' ? 'max' : 'single',
  };
}

function readStep(step: Tree): StepDefinition {
  return { name: stepName(step), id: scalarText(step['id']), run: scalarText(step['run'])?.trim(), condition: scalarText(step['if']), env: texts(step['env']) };
}

function stepName(step: Tree): string {
  const command = scalarText(step['run'])?.trim().split('\n')[0];
  return scalarText(step['name']) ?? `Run ${scalarText(step['uses']) ?? command ?? 'a command'}`;
}

type Tree = Readonly<Record<string, unknown>>;

function tree(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree(value)).map(([name, one]) => [name, scalarText(one) ?? '']));
}

function list(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : undefined;
}
