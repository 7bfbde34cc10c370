import { branchOrTag, headOf } from './history.ts';
import type { Commit, Repository, Run, Workflow } from './model.ts';
import { scalarText } from './scalarText.ts';
import { startRun } from './runs.ts';
import { readWorkflow, type WorkflowDefinition } from './workflowDefinition.ts';
import type { World } from './world.ts';

const FOLDER = '.github/workflows/';
const SKIP = /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/i;
const MAX_INPUT_CHARACTERS = 65_535;

/** A dispatch that GitHub would refuse, in the words of its 4xx answer. */
export class DispatchRefused extends Error {
  readonly status: 403 | 404 | 422;

  constructor(status: 403 | 404 | 422, message: string) {
    super(message);
    this.name = 'DispatchRefused';
    this.status = status;
  }
}

/** Registers the workflow files of the default branch that GitHub does not know yet, and renames those that changed. */
export function registerWorkflows(world: World, repository: Repository): void {
  const head = headOf(repository, repository.defaultBranch);
  for (const [path, text] of head?.files ?? []) {
    if (!isWorkflowPath(path)) continue;
    const name = readWorkflow(text)?.name ?? path;
    const known = repository.workflows.find((workflow) => workflow.path === path);
    if (known) known.name = name;
    else repository.workflows.push({ id: world.id('workflow'), path, name, state: 'active', createdAt: world.now, runCount: 0 });
  }
}

/** A workflow by its id or its file's name. */
export function findWorkflow(repository: Repository, idOrFile: string): Workflow | undefined {
  return repository.workflows.find(({ id, path }) =>
    String(id) === idOrFile || path === idOrFile || path.slice(FOLDER.length) === idOrFile);
}

/** Moves a branch to a commit and starts what listens to that push, unless the head commit says to skip it. */
export function push(world: World, repository: Repository, branch: string, commit: Commit, actor: string): Run[] {
  repository.branches.set(branch, commit.sha);
  repository.pushedAt = world.now;
  if (branch === repository.defaultBranch) registerWorkflows(world, repository);
  if (SKIP.test(commit.message)) return [];
  return listening(repository, commit, 'push', branch).map(({ workflow, definition }) =>
    startRun(world, repository, { workflow, definition, event: 'push', branch, commit, actor }));
}

/** Starts what listens to pull requests, on the head commit of one. */
export function pullRequestUpdated(world: World, repository: Repository, branch: string, commit: Commit, actor: string): Run[] {
  return listening(repository, commit, 'pull_request', 'main').map(({ workflow, definition }) =>
    startRun(world, repository, { workflow, definition, event: 'pull_request', branch, commit, actor }));
}

/** Dispatches a workflow as its REST endpoint does, or throws `DispatchRefused` with GitHub's words. */
export function dispatch(
  world: World,
  repository: Repository,
  workflow: Workflow,
  request: { readonly ref: string; readonly inputs: Readonly<Record<string, unknown>>; readonly actor: string },
): Run {
  if (repository.archived) throw new DispatchRefused(403, 'Repository was archived so is read-only.');
  if (workflow.state !== 'active') {
    throw new DispatchRefused(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  }
  const target = branchOrTag(repository, request.ref);
  if (!target) throw new DispatchRefused(422, `No ref found for: ${request.ref}`);
  const sha = target.kind === 'branch' ? repository.branches.get(target.name) : repository.tags.get(target.name)?.commit;
  const commit = repository.commits.get(sha ?? '') as Commit;
  const definition = readWorkflow(commit.files.get(workflow.path) ?? '');
  if (!definition?.triggers.has('workflow_dispatch')) {
    throw new DispatchRefused(422, "Workflow does not have 'workflow_dispatch' trigger");
  }
  const inputs = checkInputs(world, definition, request.inputs);
  return startRun(world, repository, {
    workflow, definition, event: 'workflow_dispatch', branch: target.name, commit, actor: request.actor, inputs,
  });
}

function listening(
  repository: Repository, commit: Commit, event: 'push' | 'pull_request', branch: string,
): { workflow: Workflow; definition: WorkflowDefinition }[] {
  return repository.workflows.flatMap((workflow) => {
    const definition = readWorkflow(commit.files.get(workflow.path) ?? '');
    const trigger = definition?.triggers.get(event);
    if (!definition || !trigger || workflow.state !== 'active') return [];
    return trigger.branches === undefined || trigger.branches.includes(branch) ? [{ workflow, definition }] : [];
  });
}

function checkInputs(
  world: World, definition: WorkflowDefinition, given: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const names = Object.keys(given);
  const { maxDispatchInputs } = world.server;
  if (names.length > maxDispatchInputs) {
    throw new DispatchRefused(422, `Invalid request.\n\nNo more than ${maxDispatchInputs} properties are allowed; ${names.length} were supplied.`);
  }
  if (JSON.stringify(given).length > MAX_INPUT_CHARACTERS) throw new DispatchRefused(422, 'inputs are too large.');
  const unexpected = names.filter((name) => !definition.inputs.has(name));
  if (unexpected.length > 0) throw new DispatchRefused(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  const inputs: Record<string, string> = {};
  for (const [name, input] of definition.inputs) {
    const text = scalarText(given[name]) ?? '';
    const chosen = text === '' ? (input.default ?? '') : text;
    if (input.required && chosen === '') throw new DispatchRefused(422, `Required input '${name}' not provided`);
    if (input.type === 'choice' && chosen !== '' && !input.options.includes(chosen)) {
      throw new DispatchRefused(422, `Provided value '${chosen}' for input '${name}' not in the list of allowed values`);
    }
    if (input.type === 'boolean' && chosen !== '' && !['true', 'false'].includes(chosen)) {
      throw new DispatchRefused(422, `Provided value '${chosen}' for input '${name}' is not a boolean`);
    }
    inputs[name] = input.type === 'boolean' && chosen === '' ? 'false' : chosen;
  }
  return inputs;
}

function isWorkflowPath(path: string): boolean {
  return path.startsWith(FOLDER) && /\.ya?ml$/.test(path);
}
