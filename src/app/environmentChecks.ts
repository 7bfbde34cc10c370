import type { EnvironmentSettings } from '../core/gitHubSetup.ts';
import { hasLoneReviewer } from '../core/loneReviewer.ts';
import { likelyMeant, slipOf } from '../core/likelyMeant.ts';
import { repositoryUrl } from '../core/repositoryId.ts';
import type { SetupAction, SetupItem } from '../core/setupItem.ts';
import { text } from '../core/text.ts';
import { keyOf, type SettingsFacts } from './settingsFacts.ts';

const rulesPage = 'https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments';
const managePage = 'https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments';

const slipWhy = text('A job that names an environment wrongly makes GitHub create it, without any protection: the deploy then skips the rules of the one that was meant.');

/** A workflow names the environment and GitHub does not have it. */
export function missingItem(facts: SettingsFacts, name: string): SetupItem {
  return {
    id: `missing:${name}`,
    state: 'problem',
    title: text('Environment on GitHub'),
    detail: text('does not exist yet'),
    why: text('GitHub creates an environment that it does not know at the first run, without reviewers, branch rules or secrets.'),
    source: managePage,
    action: { title: text('Open Settings on GitHub'), command: 'boussole.openOnGitHub', argument: { repositoryKey: keyOf(facts), url: `${repositoryUrl(facts.repository)}/settings/environments` } },
  };
}

/** What stands between a push and production: somebody who agrees, not the author, and only from the right branches. */
export function protectionItems(facts: SettingsFacts, settings: EnvironmentSettings): readonly SetupItem[] {
  const action = settingsPage(facts, settings);
  return [reviewers(settings, action), ...(settings.reviewers.length > 0 ? [selfReview(settings, action)] : []), branches(facts, settings, action)];
}

function reviewers({ name, reviewers: people, customRules, branchPolicy, waitMinutes }: EnvironmentSettings, action: SetupAction): SetupItem {
  const common = {
    id: `reviewers:${name}`,
    title: text('Required reviewers'),
    why: text('One of the reviewers must approve before a job sees the secrets of {environment}. In private repositories this needs a paid plan.', { environment: name }),
    source: `${rulesPage}#required-reviewers`,
  };
  if (people.length > 0) return { ...common, state: 'ok', detail: text('{reviewers}', { reviewers: people.map((one) => one.name).join(', ') }) };
  // What an app decides is not known here.
  if (customRules.length > 0) return { ...common, state: 'unknown', detail: text('decided by {apps}', { apps: customRules.join(', ') }) };
  const isOpen = branchPolicy.kind === 'any' && waitMinutes === 0;
  return { ...common, state: 'problem', detail: isOpen ? text('nothing protects it: anyone who can push deploys') : text('nobody must approve'), action };
}

function selfReview({ name, reviewers: people, preventSelfReview }: EnvironmentSettings, action: SetupAction): SetupItem {
  const common = {
    id: `selfReview:${name}`,
    title: text('Approval by somebody else'),
    why: text('A reviewer who starts a deploy can approve it alone, unless the environment prevents self-review.'),
    source: `${rulesPage}#required-reviewers`,
  };
  if (preventSelfReview) return { ...common, state: 'ok', detail: text('self-review is prevented') };
  if (!hasLoneReviewer(people)) return { ...common, state: 'problem', detail: text('who starts a deploy may approve it'), action };
  return {
    ...common, state: 'todo', detail: text('{reviewer} alone approves, their own deploys too', { reviewer: people[0]?.name ?? '' }), action,
    why: text('A single reviewer must be able to approve what they start, or could not deploy. With a second one the environment can prevent self-review: two people then look at each deploy to production.'),
  };
}

function branches({ hasProtectedBranches }: SettingsFacts, { name, branchPolicy }: EnvironmentSettings, action: SetupAction): SetupItem {
  const common = {
    id: `branches:${name}`,
    title: text('Branches that may deploy'),
    why: text('Without this rule a workflow on any branch, pushed by anybody who can write, reads the environment’s secrets.'),
    source: `${rulesPage}#deployment-branches-and-tags`,
  };
  switch (branchPolicy.kind) {
    case 'any':
      return { ...common, state: 'problem', detail: text('any branch may'), action };
    case 'protected':
      if (hasProtectedBranches.is === 'unknown') return { ...common, state: 'unknown', detail: hasProtectedBranches.why };
      return hasProtectedBranches.value
        ? { ...common, state: 'ok', detail: text('protected branches only') }
        : { ...common, state: 'problem', detail: text('“protected branches”, and none is: any branch may'), action };
    case 'custom': {
      const allowed = branchPolicy.patterns.filter(({ type }) => type === 'branch');
      const patterns = (allowed.length > 0 ? allowed : branchPolicy.patterns).map((pattern) => pattern.name).join(', ');
      const isOpen = allowed.some((pattern) => /^[*/]+$/.test(pattern.name));
      return isOpen
        ? { ...common, state: 'problem', detail: text('the pattern lets every branch deploy: {patterns}', { patterns }), action }
        : { ...common, state: 'ok', detail: text('{branches} only', { branches: patterns }) };
    }
  }
}

/** An environment that no workflow names and nothing was ever deployed to: most often made by a slip of the keyboard. */
export function unusedItem(facts: SettingsFacts, { name, reviewers: people, branchPolicy }: EnvironmentSettings): readonly SetupItem[] {
  const { named, deployedTo, targets } = facts;
  const key = name.toLowerCase();
  if (targets.some(({ environment }) => environment.toLowerCase() === key)) return [];
  const common = {
    id: `unused:${name}`,
    title: text('{environment}', { environment: name }),
    why: slipWhy,
    source: managePage,
  };
  if (named.is === 'unknown') return [{ ...common, state: 'unknown', detail: named.why }];
  if (named.value.names.includes(key)) return [];
  if (deployedTo.is === 'unknown') return [{ ...common, state: 'unknown', detail: deployedTo.why }];
  const meant = likelyMeant(name, targets.map(({ environment }) => environment));
  const action: SetupAction = settingsPage(facts, { name });
  if (meant !== undefined) return [{ ...common, state: 'problem', detail: text('looks like a slip for {meant}', { meant }), action }];
  // Where a workflow takes any name, and where somebody set rules, it may well be in use.
  if (deployedTo.value.includes(key) || !named.value.isSure || people.length > 0 || branchPolicy.kind !== 'any') return [];
  return [{ ...common, state: 'todo', detail: text('no workflow names it, and nothing was deployed to it'), action }];
}

/** An environment that is deployed to, and yet made by a slip: it lacks the rules of the one that was meant. */
export function slipItem(facts: SettingsFacts, { id, name }: EnvironmentSettings): readonly SetupItem[] {
  const { environments } = facts;
  const meant = environments.is === 'read' ? slipOf(name, environments.value.map((one) => one.name)) : undefined;
  if (meant === undefined) return [];
  return [{
    id: `slip:${name}`,
    state: 'problem',
    title: text('Name of the environment'),
    detail: text('looks like a slip for {meant}', { meant }),
    why: slipWhy,
    source: managePage,
    action: settingsPage(facts, { name, id }),
  }];
}

function settingsPage(facts: SettingsFacts, settings: { readonly name: string; readonly id?: number }): SetupAction {
  const pages = `${repositoryUrl(facts.repository)}/settings/environments`;
  return {
    title: text('Open Settings on GitHub'),
    command: 'boussole.openOnGitHub',
    argument: { repositoryKey: keyOf(facts), url: settings.id === undefined ? pages : `${pages}/${settings.id}/edit` },
  };
}
