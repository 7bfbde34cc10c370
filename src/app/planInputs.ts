import { knownInputs } from '../core/knownInputs.ts';
import type { Version } from '../core/deployTarget.ts';
import type { KnownInput } from '../core/settings.ts';
import type { WorkflowFile, WorkflowInput } from '../core/workflowFile.ts';

/** What Boussole knows and fills in by itself. */
export interface KnownValues {
  readonly environment: string;
  readonly version: Version;
  readonly correlationId: string;
  /** The version that is live, as the workflow may check it. */
  readonly expectedCurrent: string | undefined;
  readonly reason: string;
}

/** How a workflow's inputs are filled: silently, by asking, or only if the user wants to. */
export interface PlannedInputs {
  readonly inputs: Readonly<Record<string, string>>;
  readonly asks: readonly WorkflowInput[];
  readonly changeable: readonly WorkflowInput[];
  /** The input that takes the reason, where there is one. */
  readonly reasonInput: string | undefined;
  /** GitHub refuses the dispatch without a reason. */
  readonly isReasonRequired: boolean;
}

/**
 * Fills the inputs of a workflow, read at the ref that will run. `kept`: values of an earlier deploy that a rollback keeps, where
 * such an input still exists. Only what is required, has no default and is not known is asked.
 */
export function planInputs(
  file: WorkflowFile,
  values: KnownValues,
  named: Partial<Record<KnownInput, string>>,
  kept: Readonly<Record<string, string>> = {},
): PlannedInputs {
  const known = knownInputs(file.dispatchInputs ?? [], values.environment, named);
  const byName = new Map<string, string | undefined>();
  const fill = (input: KnownInput, value: string | undefined) => {
    const name = known[input];
    if (name !== undefined) byName.set(name, value);
  };
  fill('environment', values.environment);
  fill('version', values.version.ref);
  fill('expectedSha', values.version.sha === '' ? undefined : values.version.sha);
  fill('expectedCurrent', values.expectedCurrent);
  fill('correlationId', values.correlationId);
  fill('reason', values.reason === '' ? undefined : values.reason);

  const inputs: Record<string, string> = {};
  const asks: WorkflowInput[] = [];
  const changeable: WorkflowInput[] = [];
  for (const input of file.dispatchInputs ?? []) {
    const value = byName.get(input.name) ?? (byName.has(input.name) || isConsent(input) ? undefined : kept[input.name]);
    if (value !== undefined) inputs[input.name] = spelled(input, value);
    if (byName.has(input.name) && (value !== undefined || !input.required)) continue;
    if (value === undefined && input.required && input.default === undefined && input.name !== known.reason) asks.push(input);
    else if (input.name !== known.reason) changeable.push(input);
  }
  const reason = file.dispatchInputs?.find(({ name }) => name === known.reason);
  return { inputs, asks, changeable, reasonInput: known.reason, isReasonRequired: reason?.required === true && reason.default === undefined };
}

/** What was allowed for one deploy was not allowed for the next: `allow_irreversible`, `force`, `dry_run` … */
function isConsent({ name, type }: WorkflowInput): boolean {
  return type === 'boolean' && /^(allow|force|override|bypass|dry)/i.test(name);
}

/** A choice wants its option as written: "Production" for `production`. */
function spelled({ options }: WorkflowInput, value: string): string {
  return options.find((option) => option === value) ?? options.find((option) => option.toLowerCase() === value.toLowerCase()) ?? value;
}
