import { l10n, window } from 'vscode';
import type { Reviewer } from '../core/gitHubSetup.ts';
import { hasLoneReviewer } from '../core/loneReviewer.ts';
import { notificationsEnvironment } from '../core/pipelineAnswers.ts';
import { branchesOf, environmentVariables } from '../core/setupAnswers.ts';
import { byAdministrator } from './byAdministrator.ts';
import { openSetup } from './openSetup.ts';
import type { Command } from './commandContext.ts';
import { say } from './say.ts';
import { showBusy } from './showBusy.ts';

/** Create an environment on GitHub, or add to it what is missing: the branches that may deploy, and who must approve. */
export const setUpEnvironment: Command = byAdministrator(async (context, argument, signal) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  const { session, guide, setup } = opened;
  const defaultBranch = session.store.state.facts?.defaultBranch ?? 'main';
  const name = argument?.environment ?? '';
  const isSlack = name === notificationsEnvironment;
  const environments = isSlack ? guide.answers.environments : [guide.environment(name)];
  const branches = [...new Set(environments.flatMap((environment) => branchesOf(environment, defaultBranch)))];
  const { reviewers = [], isProduction = false } = isSlack ? {} : guide.environment(name);
  const existing = await showBusy(() => setup.environmentSettings(session.repository, name, signal));
  const asked = existing && existing.reviewers.length > 0 ? [] : reviewers;
  const candidates = asked.length === 0 ? [] : await showBusy(() => setup.reviewerCandidates(session.repository, signal));
  const wanted = candidates.filter((candidate) => asked.some((written) => isSame(written, candidate)));
  const unknown = asked.filter((written) => !candidates.some((candidate) => isSame(written, candidate)));
  const all = [...(existing?.reviewers ?? []), ...wanted];
  const preventSelfReview = isProduction && all.length > 0 && !hasLoneReviewer(all) && existing?.preventSelfReview !== true;
  const more = existing?.branchPolicy.kind === 'custom' ? existing.branchPolicy.patterns.map((pattern) => pattern.name).filter((pattern) => !branches.includes(pattern)) : [];
  const answer = await context.prompts.confirm<'create'>({
    message: existing ? l10n.t('Change the environment {environment}?', { environment: name }) : l10n.t('Create the environment {environment}?', { environment: name }),
    detail: [
      more.length === 0
        ? l10n.t('Only workflows on {branches} may use it.', { branches: branches.join(', ') })
        : l10n.t('Workflows on {branches} may use it, and those that may already: {others}.', { branches: branches.join(', '), others: more.join(', ') }),
      wanted.length === 0 ? '' : l10n.t('Each deploy needs the approval of {reviewers}.', { reviewers: wanted.map((one) => one.name).join(', ') }),
      preventSelfReview ? l10n.t('Who starts a deploy cannot approve it.') : '',
      unknown.length === 0 ? '' : l10n.t('{reviewers} cannot be a reviewer here: they need access to the repository.', { reviewers: unknown.join(', ') }),
    ].filter((line) => line !== '').join('\n'),
    buttons: [{ label: existing ? l10n.t('Change') : l10n.t('Create'), value: 'create' }],
  });
  if (answer === undefined) return;
  const outcome = await showBusy(() => setup.createEnvironment(session.repository, name, { branches, ...(wanted.length === 0 ? {} : { reviewers: wanted }), ...(preventSelfReview ? { preventSelfReview } : {}) }));
  context.log.info(`The environment ${name} was ${outcome.wasCreated ? 'created' : 'changed'}.`);
  await guide.check();
  for (const { why } of outcome.refused) void window.showWarningMessage(say(why));
});

/** Whether what a person wrote means this reviewer: a login, a team's slug, or `organization/slug`. */
function isSame(written: string, { name, type }: Reviewer): boolean {
  const [last = ''] = written.toLowerCase().split('/').slice(-1);
  return written.toLowerCase() === name.toLowerCase() || (type === 'team' && last === name.toLowerCase());
}

/** Set the variables that the jobs of an environment read, as they were answered; what has another value is replaced after a yes only. */
export const setUpVariables: Command = byAdministrator(async (context, argument, signal) => {
  const opened = await openSetup(context, argument);
  if (!opened) return;
  const { session, guide, setup } = opened;
  const name = argument?.environment ?? '';
  const { slack } = guide.answers;
  const ofSlack: Readonly<Record<string, string>> = slack.kind === 'bot' ? { SLACK_CHANNEL: slack.channel } : {};
  const wanted = name === notificationsEnvironment ? ofSlack : environmentVariables(guide.environment(name));
  const present = await showBusy(async () => new Map((await setup.variables(session.repository, { environment: name }, signal)).map((variable) => [variable.name, variable.value])));
  const differing = Object.entries(wanted).filter(([variable, value]) => present.get(variable) !== value);
  const replaced = differing.filter(([variable]) => present.has(variable));
  if (replaced.length > 0) {
    const answer = await context.prompts.confirm<'replace'>({
      message: l10n.t('Replace variables of {environment}?', { environment: name }),
      detail: [...replaced.map(([variable, value]) => `${variable}: ${present.get(variable) ?? ''} → ${value}`), l10n.t('The next deploy uses them. To keep what GitHub has, run Set Up again and answer that.')].join('\n'),
      buttons: [{ label: l10n.t('Replace'), value: 'replace' }],
    });
    if (answer === undefined) return;
  }
  await showBusy(async () => {
    for (const [variable, value] of differing) await setup.putVariable(session.repository, name, variable, value);
  });
  context.log.info(`The variables of ${name} were set.`);
  await guide.check();
});
