import type { KnownInput } from './settings.ts';
import type { WorkflowInput } from './workflowFile.ts';

/** Names that teams give to what Boussole fills in by itself, best first; case, `-` and `_` do not matter. */
const conventionalNames: Readonly<Record<KnownInput, readonly string[]>> = {
  environment: ['environment', 'env', 'targetenvironment', 'deployenvironment', 'environmentname', 'deployto', 'target', 'stage'],
  version: [
    'version', 'tag', 'ref', 'release', 'sha', 'commit', 'gitref', 'releasetag', 'targetversion', 'toversion', 'rollbackto', 'revision',
    'commitsha', 'deployversion', 'deployref',
  ],
  expectedSha: ['expectedsha', 'expectedcommit'],
  expectedCurrent: ['expectedcurrent', 'expectedlive'],
  reason: ['reason', 'message', 'comment', 'description', 'why', 'note'],
  correlationId: ['correlationid', 'correlation', 'requestid', 'distinctid', 'runid', 'dispatchid'],
};

/**
 * Which of a workflow's inputs mean something to Boussole, by the team's own settings and else by name. An input counts only if it
 * can take the value: a boolean `release` is no version, and a choice without the environment does not name it.
 */
export function knownInputs(
  inputs: readonly WorkflowInput[],
  environment: string,
  configured: Partial<Record<KnownInput, string>> = {},
): Readonly<Partial<Record<KnownInput, string>>> {
  const found: Partial<Record<KnownInput, string>> = {};
  const meanings = Object.keys(conventionalNames) as KnownInput[];
  for (const known of meanings) {
    const input = configuredInput(inputs, configured[known]);
    if (input) found[known] = input.name;
  }
  for (const known of meanings.filter((one) => found[one] === undefined)) {
    const taken = Object.values(found);
    const input = conventionalInput(inputs.filter(({ name }) => !taken.includes(name)), known, environment);
    if (input) found[known] = input.name;
  }
  return found;
}

/** True when the input can name an environment: by its type, or by its name where it is text or a choice. */
export function canNameEnvironment(input: WorkflowInput): boolean {
  if (input.type === 'environment') return true;
  return (input.type === 'string' || input.type === 'choice') && conventionalNames.environment.includes(bare(input.name));
}

function configuredInput(inputs: readonly WorkflowInput[], name: string | undefined): WorkflowInput | undefined {
  return name === undefined ? undefined : inputs.find((input) => input.name === name) ?? inputs.find((input) => bare(input.name) === bare(name));
}

function conventionalInput(inputs: readonly WorkflowInput[], known: KnownInput, environment: string): WorkflowInput | undefined {
  const free = inputs.filter((input) => canTake(input, known, environment));
  for (const name of conventionalNames[known]) {
    const input = free.find((candidate) => bare(candidate.name) === name);
    if (input) return input;
  }
  return known === 'environment' ? free.find((input) => input.type === 'environment') : undefined;
}

function canTake(input: WorkflowInput, known: KnownInput, environment: string): boolean {
  if (input.type === 'string') return true;
  if (known !== 'environment') return false;
  if (input.type === 'environment') return true;
  return input.type === 'choice' && input.options.some((option) => option.toLowerCase() === environment.toLowerCase());
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
