import { l10n } from 'vscode';
import type { DeployPlan } from '../app/deployPlan.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import type { WorkflowInput } from '../core/workflowFile.ts';
import { back } from '../host/prompts.ts';
import type { CommandContext } from './commandContext.ts';
import { defaultReason } from './planText.ts';

/** What a person answered to a plan's inputs, and why they do it. */
export interface Answers {
  readonly inputs: Readonly<Record<string, string>>;
  readonly reason: string;
}

/** Asks for the inputs that must be given, one by one, each by its type. `undefined` after Escape. */
export async function askRequired(context: CommandContext, plan: DeployPlan, state: RepositoryState): Promise<Readonly<Record<string, string>> | undefined> {
  const answers: Record<string, string> = {};
  for (let index = 0; index < plan.asks.length; ) {
    const input = plan.asks[index];
    if (!input) break;
    const step = { number: index + 1, of: plan.asks.length, canGoBack: index > 0 };
    const answer = await askInput(context, input, answers[input.name], state, step);
    if (answer === undefined) return undefined;
    if (answer === back) {
      index--;
      continue;
    }
    answers[input.name] = answer;
    index++;
  }
  return answers;
}

/** The list behind "Change Inputs…": the reason and every input with its present value, until the user is done. `undefined` after Escape. */
export async function changeInputs(context: CommandContext, plan: DeployPlan, state: RepositoryState, given: Answers): Promise<Answers | undefined> {
  let answers = given;
  for (;;) {
    const inputs = [...plan.asks, ...plan.changeable];
    const chosen = await context.prompts.pick<WorkflowInput | 'reason' | 'done'>({
      title: l10n.t('Change Inputs'),
      choices: [
        { label: l10n.t('Done'), icon: 'check', value: 'done' },
        { label: l10n.t('Reason'), description: answers.reason === '' ? l10n.t('none') : answers.reason, icon: 'comment', value: 'reason', heading: l10n.t('Inputs') },
        ...inputs.map((input) => ({
          label: input.name,
          description: valueOf(input, plan, answers) || l10n.t('empty'),
          ...(input.description === '' ? {} : { detail: input.description }),
          icon: 'edit',
          value: input,
        })),
      ],
      active: (value) => (inputs.length === 0 ? value === 'reason' : value === inputs[0]),
    });
    if (chosen === undefined) return undefined;
    if (chosen === 'done' || chosen === back) return answers;
    if (chosen === 'reason') {
      const reason = await askReason(context, l10n.t('Why?'), plan, answers.reason);
      if (reason === undefined) return undefined;
      answers = { ...answers, reason };
      continue;
    }
    const answer = await askInput(context, chosen, valueOf(chosen, plan, answers), state);
    if (answer === undefined) return undefined;
    if (answer !== back) answers = { ...answers, inputs: { ...answers.inputs, [chosen.name]: answer } };
  }
}

/**
 * Asks why, in one line. Enter passes: the line may stay empty, and where the workflow wants a reason, one stands there already, selected, so
 * that typing replaces it. `undefined` after Escape.
 */
export async function askReason(context: CommandContext, title: string, plan: DeployPlan, value = ''): Promise<string | undefined> {
  const answer = await context.prompts.input(
    plan.isReasonRequired === true
      ? {
          title,
          prompt: l10n.t('A reason, for the record and for Slack: Enter takes this one'),
          value: value || defaultReason(plan),
          validate: (typed) => (typed.trim() === '' ? l10n.t('The workflow does not start without a reason.') : undefined),
        }
      : { title, prompt: l10n.t('A reason, for the record and for Slack (optional)'), value },
  );
  return answer === back ? undefined : answer?.trim();
}

function valueOf(input: WorkflowInput, plan: DeployPlan, answers: Answers): string {
  return answers.inputs[input.name] ?? plan.inputs[input.name] ?? input.default ?? '';
}

async function askInput(
  context: CommandContext,
  input: WorkflowInput,
  value: string | undefined,
  state: RepositoryState,
  step?: { readonly number: number; readonly of: number; readonly canGoBack: boolean },
) {
  const title = l10n.t('Input "{name}"', { name: input.name });
  const common = { title, ...(step ? { step } : {}) };
  const options = optionsOf(input, state);
  if (options) {
    return context.prompts.pick<string>({
      ...common,
      ...(input.description === '' ? {} : { placeholder: input.description }),
      choices: options.map((option) => ({ label: option, value: option })),
      active: (option) => option === (value ?? input.default ?? options[0]),
    });
  }
  return context.prompts.input({
    ...common,
    ...(input.description === '' ? {} : { prompt: input.description }),
    value: value ?? input.default ?? '',
    validate: (typed) => problemWith(input, typed),
  });
}

function optionsOf(input: WorkflowInput, state: RepositoryState): readonly string[] | undefined {
  switch (input.type) {
    case 'choice':
      return input.options;
    case 'boolean':
      return ['true', 'false'];
    case 'environment':
      return state.environments.map(({ target }) => target.environment);
    case 'string':
    case 'number':
      return undefined;
  }
}

function problemWith(input: WorkflowInput, typed: string): string | undefined {
  if (typed.trim() === '') return input.required ? l10n.t('This input is required.') : undefined;
  return input.type === 'number' && !Number.isFinite(Number(typed)) ? l10n.t('This input is a number.') : undefined;
}
