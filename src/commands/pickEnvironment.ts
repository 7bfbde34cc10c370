import { l10n } from 'vscode';
import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import { DeployError } from '../core/deployError.ts';
import { plainText } from '../core/plainText.ts';
import type { Choice } from '../host/prompts.ts';
import { back } from '../host/prompts.ts';
import type { CommandContext } from './commandContext.ts';
import { dotted } from './say.ts';

/** Asks for an environment. Those for which `disabled` gives a reason stand last with it. `undefined` after Escape. */
export async function pickEnvironment(
  context: CommandContext,
  state: RepositoryState,
  options: { title: string; disabled: (environment: EnvironmentState) => string | undefined; active?: (environment: EnvironmentState) => boolean },
): Promise<EnvironmentState | undefined> {
  const judged = state.environments.map((environment) => ({ environment, disabled: options.disabled(environment) }));
  if (judged.length === 0) {
    throw new DeployError('noTarget', 'No workflow of this repository deploys to an environment by hand. A workflow needs "workflow_dispatch" and a job with an "environment".', {
      actions: ['openSettings'],
    });
  }
  const offered = judged.filter(({ disabled }) => disabled === undefined);
  const refused = judged.filter(({ disabled }) => disabled !== undefined);
  const choices: readonly Choice<EnvironmentState>[] = [
    ...offered.map(({ environment }) => choice(environment)),
    ...refused.map(({ environment, disabled }, index) => ({
      ...choice(environment),
      ...(disabled === undefined ? {} : { disabled }),
      ...(index === 0 ? { heading: l10n.t('Not Possible Now') } : {}),
    })),
  ];
  const answer = await context.prompts.pick({
    title: options.title,
    placeholder: l10n.t('Which environment?'),
    choices,
    ...(options.active ? { active: options.active } : {}),
  });
  return answer === back ? undefined : answer;
}

/** What is live there, in a few words. */
export function liveLabel({ live }: EnvironmentState): string | undefined {
  if (live === 'nothing') return l10n.t('nothing deployed yet');
  return live === 'unknown' ? undefined : live.label;
}

function choice(environment: EnvironmentState): Choice<EnvironmentState> {
  const { waiting, target } = environment;
  const ahead = waiting.kind === 'known' && waiting.ahead > 0 ? waitingText(waiting.ahead) : undefined;
  return {
    label: target.environment,
    description: dotted([liveLabel(environment), heldText(environment), ahead]),
    icon: target.isProduction ? 'globe' : 'beaker',
    value: environment,
  };
}

function heldText({ hold }: EnvironmentState): string | undefined {
  if (!hold) return undefined;
  return hold.told ? l10n.t('held by {who}', { who: plainText(hold.told.by, 40) }) : l10n.t('held');
}

function waitingText(count: number): string {
  return count === 1 ? l10n.t('1 commit waiting') : l10n.t('{count} commits waiting', { count });
}
