import { isExpression, mappingOf, readTree, type Expression, type Tree } from './tree.ts';

/** Text, or an expression that gives it. */
export type Template = string | Expression;

/** Names and what they stand for. */
export type Templates = Readonly<Record<string, Template>>;

/** What a job's token may do. */
export type Permissions = Readonly<Record<string, 'read' | 'write' | 'none'>>;

/** An input of a dispatch. */
export interface Input {
  readonly type: 'string' | 'choice' | 'boolean';
  readonly required: boolean;
  readonly fallback: string;
  readonly options: readonly string[];
}

/** One step: a call of an action, or commands. */
export interface Step {
  readonly id: string | undefined;
  readonly name: Template;
  readonly condition: string;
  readonly uses: string | undefined;
  readonly with: Templates;
  readonly run: Template | undefined;
  readonly env: Templates;
  readonly workingDirectory: Template | undefined;
  readonly continueOnError: boolean;
}

/** One job. */
export interface Job {
  readonly id: string;
  readonly name: Template;
  readonly needs: readonly string[];
  readonly condition: string;
  readonly permissions: Permissions;
  readonly environment: { readonly name: Template; readonly url: Template; readonly deployment: boolean } | undefined;
  readonly concurrency: { readonly group: Template; readonly queue: 'single' | 'max' } | undefined;
  readonly env: Templates;
  readonly outputs: Templates;
  readonly continueOnError: boolean;
  readonly steps: readonly Step[];
}

/** A workflow file, understood completely. */
export interface Workflow {
  readonly file: string;
  readonly name: string;
  readonly runName: Template;
  readonly branches: readonly string[];
  /** Undefined when it cannot be dispatched. */
  readonly inputs: Readonly<Record<string, Input>> | undefined;
  readonly env: Templates;
  readonly jobs: readonly Job[];
}

/** Reads a workflow file; throws on whatever the runner would not do as GitHub does. */
export async function readWorkflow(file: string, content: string): Promise<Workflow> {
  const tree = only(await readTree(file, content), file, 'name', 'run-name', 'on', 'permissions', 'env', 'jobs');
  const on = only(tree['on'], `${file}: on`, 'push', 'workflow_dispatch');
  const permissions = toPermissions(tree['permissions'], `${file}: permissions`);
  const name = text(tree['name'], `${file}: name`);
  const dispatch = 'workflow_dispatch' in on ? entriesOf(on['workflow_dispatch'], `${file}: workflow_dispatch`, 'inputs') : undefined;
  return {
    file,
    name,
    runName: template(tree['run-name'] ?? name, `${file}: run-name`),
    branches: 'push' in on ? list(only(on['push'], `${file}: push`, 'branches')['branches'], `${file}: branches`) : [],
    inputs: dispatch && mapValues(dispatch['inputs'] ?? {}, `${file}: inputs`, toInput),
    env: templates(tree['env'], `${file}: env`),
    jobs: Object.entries(mappingOf(tree['jobs'], `${file}: jobs`)).map(([id, job]) => toJob(id, job, permissions, `${file}: ${id}`)),
  };
}

function toInput(tree: Tree, place: string): Input {
  const input = only(tree, place, 'type', 'required', 'default', 'options', 'description');
  const type = text(input['type'] ?? 'string', place);
  if (type !== 'string' && type !== 'choice' && type !== 'boolean') throw new Error(`${place}: inputs of type ${type} are not understood here.`);
  const options = list(input['options'] ?? [], place);
  const fallback = text(input['default'] ?? (type === 'choice' ? (options[0] ?? '') : type === 'boolean' ? 'false' : ''), place);
  return { type, required: flag(input['required'], place), fallback, options };
}

function toJob(id: string, tree: Tree, inherited: Permissions, place: string): Job {
  const job = only(tree, place, 'name', 'needs', 'if', 'runs-on', 'permissions', 'environment', 'concurrency', 'env', 'outputs', 'continue-on-error', 'timeout-minutes', 'steps');
  const steps = job['steps'];
  if (!Array.isArray(steps)) throw new Error(`${place} has no steps.`);
  const needs = job['needs'] ?? [];
  return {
    id,
    name: template(job['name'] ?? id, place),
    needs: typeof needs === 'string' ? [needs] : list(needs, `${place}: needs`),
    condition: condition(job['if'], `${place}: if`),
    permissions: job['permissions'] === undefined ? inherited : toPermissions(job['permissions'], `${place}: permissions`),
    environment: job['environment'] === undefined ? undefined : toEnvironment(job['environment'], `${place}: environment`),
    concurrency: job['concurrency'] === undefined ? undefined : toConcurrency(job['concurrency'], `${place}: concurrency`),
    env: templates(job['env'], `${place}: env`),
    outputs: templates(job['outputs'], `${place}: outputs`),
    continueOnError: flag(job['continue-on-error'], place),
    steps: (steps as readonly Tree[]).map((step, index) => toStep(step, `${place}: step ${index + 1}`)),
  };
}

function toStep(tree: Tree, place: string): Step {
  const step = only(tree, place, 'id', 'name', 'if', 'uses', 'with', 'run', 'env', 'working-directory', 'continue-on-error', 'timeout-minutes');
  const uses = step['uses'] === undefined ? undefined : text(step['uses'], place);
  const run = step['run'] === undefined ? undefined : template(step['run'], place);
  if ((uses === undefined) === (run === undefined)) throw new Error(`${place} must have either uses or run.`);
  return {
    id: step['id'] === undefined ? undefined : text(step['id'], place),
    name: template(step['name'] ?? uses ?? run ?? '', place),
    condition: condition(step['if'], place),
    uses,
    with: templates(step['with'], `${place}: with`),
    run,
    env: templates(step['env'], `${place}: env`),
    workingDirectory: step['working-directory'] === undefined ? undefined : template(step['working-directory'], place),
    continueOnError: flag(step['continue-on-error'], place),
  };
}

function toEnvironment(tree: Tree, place: string): Job['environment'] {
  if (typeof tree === 'string' || isExpression(tree)) return { name: tree, url: '', deployment: true };
  const environment = only(tree, place, 'name', 'url', 'deployment');
  return { name: template(environment['name'] ?? '', place), url: template(environment['url'] ?? '', place), deployment: environment['deployment'] !== 'false' };
}

function toConcurrency(tree: Tree, place: string): Job['concurrency'] {
  const concurrency = only(tree, place, 'group', 'cancel-in-progress', 'queue');
  if (flag(concurrency['cancel-in-progress'], place)) throw new Error(`${place}: a deploy is never cancelled in progress.`);
  return { group: template(concurrency['group'] ?? '', place), queue: concurrency['queue'] === 'max' ? 'max' : 'single' };
}

function toPermissions(tree: Tree | undefined, place: string): Permissions {
  if (tree === undefined) throw new Error(`${place} must be named: what is not named is wide.`);
  return mapValues(tree, place, (value) => {
    if (value !== 'read' && value !== 'write' && value !== 'none') throw new Error(`${place}: ${JSON.stringify(value)} is no permission.`);
    return value;
  });
}

/** The mapping, or an error about a key that is none of `keys`. */
function only(tree: Tree | undefined, place: string, ...keys: readonly string[]): Readonly<Record<string, Tree>> {
  const mapping = mappingOf(tree, place);
  const unknown = Object.keys(mapping).filter((key) => !keys.includes(key));
  if (unknown.length > 0) throw new Error(`${place}: ${unknown.join(', ')} is not understood by the test's runner.`);
  return mapping;
}

/** The same for what may also be left empty. */
function entriesOf(tree: Tree | undefined, place: string, ...keys: readonly string[]): Readonly<Record<string, Tree>> {
  return tree === '' || tree === undefined ? {} : only(tree, place, ...keys);
}

function mapValues<T>(tree: Tree, place: string, convert: (value: Tree, place: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(mappingOf(tree, place)).map(([key, value]) => [key, convert(value, `${place}: ${key}`)]));
}

function templates(tree: Tree | undefined, place: string): Templates {
  return tree === undefined ? {} : mapValues(tree, place, template);
}

function template(tree: Tree, place: string): Template {
  if (typeof tree === 'string' || isExpression(tree)) return tree;
  throw new Error(`${place} is neither text nor an expression.`);
}

function text(tree: Tree | undefined, place: string): string {
  if (typeof tree !== 'string') throw new Error(`${place} must be plain text.`);
  return tree;
}

function list(tree: Tree | undefined, place: string): readonly string[] {
  if (!Array.isArray(tree)) throw new Error(`${place} must be a list.`);
  return (tree as readonly Tree[]).map((each) => text(each, place));
}

function flag(tree: Tree | undefined, place: string): boolean {
  if (tree === undefined || tree === 'false') return false;
  if (tree === 'true') return true;
  throw new Error(`${place}: neither true nor false.`);
}

function condition(tree: Tree | undefined, place: string): string {
  const written = template(tree ?? 'success()', place);
  return typeof written === 'string' ? written : written.expression;
}
