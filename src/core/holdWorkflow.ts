import type { WorkflowSummary } from './gitHub.ts';
import { knownInputs } from './knownInputs.ts';
import type { KnownInput } from './settings.ts';
import type { WorkflowFile } from './workflowFile.ts';

/** What can be asked of the workflow that holds deploys. */
export type HoldAction = 'hold' | 'release';

/** A workflow as the way to hold an environment's deploys and to lift the hold: the names of its inputs, and the words it takes for the two. */
export interface HoldWay {
  readonly workflow: string;
  readonly inputs: { readonly environment: string; readonly action: string; readonly reason: string; readonly correlationId: string | undefined };
  readonly actions: Readonly<Record<HoldAction, string>>;
  /** The environment as its input wants it spelt. */
  readonly environment: string;
}

/**
 * True for a workflow that holds deploys and does not deploy: it is started by hand and its choice `action` offers `hold` and `release`,
 * and nothing that ships. Its runs and its jobs' environments say nothing about deploys.
 */
export function isHoldWorkflow({ dispatchInputs }: WorkflowFile): boolean {
  const options = dispatchInputs?.find(isAction)?.options ?? [];
  return option(options, 'hold') !== undefined && option(options, 'release') !== undefined && !options.some((one) => /deploy|ship|publish|promote|roll/i.test(one));
}

/** The workflow that holds deploys, where the repository has one that is enabled. */
export function holdWorkflowIn(files: readonly WorkflowFile[], states: readonly WorkflowSummary[]): WorkflowFile | undefined {
  const off = new Set(states.filter(({ state }) => state === 'disabled' || state === 'deleted').map(({ path }) => path));
  return files.find((file) => isHoldWorkflow(file) && !off.has(file.path));
}

/** How to ask it about an environment; `undefined` where it takes no such environment, or no reason. */
export function holdWay({ path, dispatchInputs = [] }: WorkflowFile, environment: string, configured: Partial<Record<KnownInput, string>> = {}): HoldWay | undefined {
  const action = dispatchInputs.find(isAction);
  const hold = option(action?.options ?? [], 'hold');
  const release = option(action?.options ?? [], 'release');
  const known = knownInputs(dispatchInputs, environment, configured);
  if (!action || hold === undefined || release === undefined || known.environment === undefined || known.reason === undefined) return undefined;
  const spelt = dispatchInputs.find(({ name }) => name === known.environment)?.options ?? [];
  return {
    workflow: path,
    inputs: { environment: known.environment, action: action.name, reason: known.reason, correlationId: known.correlationId },
    actions: { hold, release },
    environment: option(spelt, environment) ?? environment,
  };
}

function isAction({ name, type }: { readonly name: string; readonly type: string }): boolean {
  return type === 'choice' && name.toLowerCase() === 'action';
}

function option(options: readonly string[], word: string): string | undefined {
  return options.find((one) => one.toLowerCase() === word.toLowerCase());
}
