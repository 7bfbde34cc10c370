import { env, l10n, Uri } from 'vscode';
import type { DeployPlan } from '../app/deployPlan.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import { shortSha } from '../core/commit.ts';
import { back, type Choice } from '../host/prompts.ts';
import { askRequired, changeInputs, type Answers } from './askInputs.ts';
import type { CommandContext } from './commandContext.ts';
import { actText, changesText, questionText, wayText } from './planText.ts';
import { dotted, say } from './say.ts';

type Reply = 'go' | 'inputs' | 'commits' | 'cancel';

/**
 * The one confirmation: it names target, version, commit and what ships. A list whose first item is the act, or for production a
 * modal dialog. Required inputs are asked before it. `undefined`: the user left.
 */
export async function confirmPlan(context: CommandContext, plan: DeployPlan, state: RepositoryState, reason: string): Promise<Answers | undefined> {
  const required = await askRequired(context, plan, state);
  if (!required) return undefined;
  let answers: Answers = { inputs: required, reason };
  for (;;) {
    const reply = plan.target.isProduction ? await askModal(context, plan, answers) : await askList(context, plan, answers);
    switch (reply) {
      case 'go':
        return answers;
      case 'inputs': {
        const changed = await changeInputs(context, plan, state, answers);
        if (!changed) return undefined;
        answers = changed;
        break;
      }
      case 'commits':
        if (!(await showCommits(context, plan))) return undefined;
        break;
      case 'cancel':
      case undefined:
        return undefined;
    }
  }
}

async function askList(context: CommandContext, plan: DeployPlan, answers: Answers): Promise<Reply | undefined> {
  const warnings = plan.warnings.map(
    (warning, index): Choice<Reply> => ({
      label: say(warning),
      icon: 'warning',
      value: 'cancel',
      isNote: true,
      ...(index === 0 ? { heading: l10n.t('Before You Confirm') } : {}),
    }),
  );
  const answer = await context.prompts.pick<Reply>({
    title: actText(plan),
    placeholder: l10n.t('Enter confirms, Escape leaves'),
    choices: [
      {
        label: actText(plan),
        description: changesText(plan),
        detail: dotted([wayText(plan), reasonText(answers)]),
        icon: plan.kind === 'rollback' ? 'history' : 'rocket',
        value: 'go',
      },
      ...warnings,
      ...(hasCommits(plan) ? [{ label: l10n.t('Show Commits…'), icon: 'git-commit', value: 'commits' as const, heading: l10n.t('More') }] : []),
      { label: l10n.t('Change Inputs…'), icon: 'edit', value: 'inputs', ...(hasCommits(plan) ? {} : { heading: l10n.t('More') }) },
      { label: l10n.t('Cancel'), icon: 'close', value: 'cancel' },
    ],
  });
  return answer === back ? undefined : answer;
}

function askModal(context: CommandContext, plan: DeployPlan, answers: Answers): Promise<Reply | undefined> {
  return context.prompts.confirm<Reply>({
    message: questionText(plan),
    detail: [sentence(changesText(plan)), sentence(wayText(plan)), reasonText(answers), ...plan.warnings.map((warning) => `⚠ ${say(warning)}`)]
      .filter((part) => part !== undefined)
      .join('\n\n'),
    buttons: [
      { label: actText(plan), value: 'go' },
      ...(hasCommits(plan) ? [{ label: l10n.t('Show Commits…'), value: 'commits' as const }] : []),
      { label: l10n.t('Change Inputs…'), value: 'inputs' },
    ],
  });
}

function reasonText({ reason }: Answers): string | undefined {
  return reason === '' ? undefined : l10n.t('Reason: {reason}', { reason });
}

/** Lists what ships, newest first; a commit opens its page. False when the user left by Escape. */
async function showCommits(context: CommandContext, plan: DeployPlan): Promise<boolean> {
  if (!plan.comparison) return true;
  const { commits, aheadBy, url } = plan.comparison;
  const choices: Choice<string | undefined>[] = [
    { label: l10n.t('Back to the Confirmation'), icon: 'arrow-left', value: undefined },
    ...commits.toReversed().map((commit, index) => ({
      label: commit.headline,
      description: `${shortSha(commit.sha)} · ${commit.author}`,
      icon: commit.pullRequest ? 'git-pull-request' : 'git-commit',
      value: `${url.split('/compare/')[0] ?? ''}/commit/${commit.sha}`,
      ...(index === 0 ? { heading: l10n.t('Commits') } : {}),
    })),
  ];
  if (commits.length < aheadBy) choices.push({ label: l10n.t('All Commits on GitHub'), icon: 'link-external', value: url });
  const answer = await context.prompts.pick({ title: actText(plan), placeholder: changesText(plan), choices: choices.map((choice) => ({ ...choice, value: { url: choice.value } })) });
  if (answer === undefined) return false;
  if (answer !== back && answer.url !== undefined && !context.sample.isOn()) await env.openExternal(Uri.parse(answer.url, true));
  return true;
}

function hasCommits({ comparison }: DeployPlan): boolean {
  return comparison !== undefined && comparison.commits.length > 0;
}

function sentence(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase(env.language)}${text.slice(1)}.`;
}

