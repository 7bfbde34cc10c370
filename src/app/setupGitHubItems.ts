import { hasLoneReviewer } from '../core/loneReviewer.ts';
import { repositoryUrl, type RepositoryId } from '../core/repositoryId.ts';
import type { SetupEnvironment } from '../core/setupAnswers.ts';
import type { SetupAction, SetupItem } from '../core/setupItem.ts';
import { text } from '../core/text.ts';
import { pipelineFiles, type EnvironmentFacts, type SetupFacts } from './setupCheck.ts';
import type { ItemSources } from './setupChecklist.ts';

const environmentsPage = 'https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments';

/** The workflows stand on the default branch, from where GitHub takes them. */
export function pullRequestItem({ key, facts, proposed }: ItemSources): SetupItem {
  const { installed, pullRequest, branchExists, defaultBranch } = facts;
  const common = {
    id: 'pullRequest',
    title: text('Workflows on {branch}', { branch: defaultBranch }),
    why: text('GitHub offers a workflow for dispatch only once its file stands on the default branch. The pull request lets the team read it first. Merging it is a push like any other: where environments and secrets are not there yet, its first deploy ends without touching a server.'),
    source: 'https://docs.github.com/actions/how-tos/manage-workflow-runs/manually-run-a-workflow',
  };
  if (proposed > 0) {
    return {
      ...common, state: 'todo', detail: proposed === 1 ? text('1 file to commit') : text('{count} files to commit', { count: proposed }),
      action: { title: text('Commit…'), command: 'boussole.setUpCommit', argument: { repositoryKey: key } },
    };
  }
  if (installed.is === 'unknown') return { ...common, state: 'unknown', detail: installed.why };
  const missing = pipelineFiles.filter((path) => !installed.value.has(path));
  if (pullRequest.is === 'unknown') return missing.length === 0 ? { ...common, state: 'ok', detail: text('merged') } : { ...common, state: 'unknown', detail: pullRequest.why };
  const open = text('Open on GitHub');
  if (pullRequest.value && !pullRequest.value.isMerged) {
    const { number, url } = pullRequest.value;
    return {
      ...common, state: 'todo',
      // Merged earlier, its first run makes GitHub create them, open to everybody.
      detail: isMissingEnvironment(facts) ? text('pull request #{number}: create the environments before you merge it', { number }) : text('pull request #{number} waits to be merged', { number }),
      action: { title: open, command: 'boussole.openOnGitHub', argument: { repositoryKey: key, url } },
    };
  }
  if (missing.length === 0) return { ...common, state: 'ok', detail: text('merged') };
  if (branchExists.is === 'read' && branchExists.value && !pullRequest.value) {
    return {
      ...common, state: 'todo', detail: text('committed; open a pull request'),
      action: { title: text('Open Pull Request'), command: 'boussole.setUpPullRequest', argument: { repositoryKey: key } },
    };
  }
  const detail = missing.length === pipelineFiles.length ? text('not written yet') : text('{file} is missing', { file: missing[0] ?? '' });
  return { ...common, state: 'todo', detail, action: { title: text('Set Up Deployment…'), command: 'boussole.setUp', argument: { repositoryKey: key } } };
}

function isMissingEnvironment({ environments }: SetupFacts): boolean {
  return [...environments.values()].some(({ settings }) => settings.is === 'read' && !settings.value);
}

/** The environment exists, so that GitHub does not make it by itself, open to everybody. */
export function environmentItem({ key }: ItemSources, name: string, { settings }: EnvironmentFacts): SetupItem {
  const common = {
    id: `environment:${name}`,
    title: text('Environment on GitHub'),
    why: text('A job that names an environment which does not exist makes GitHub create it, without any protection.'),
    source: environmentsPage,
  };
  if (settings.is === 'unknown') return { ...common, state: 'unknown', detail: settings.why };
  if (settings.value) return { ...common, state: 'ok', detail: text('exists') };
  return {
    ...common, state: 'todo', detail: text('does not exist yet'),
    action: { title: text('Create…'), command: 'boussole.setUpEnvironment', argument: { repositoryKey: key, environment: name } },
  };
}

/** Only the branches that deploy may use the environment's secrets. */
export function branchItem({ repository, key, facts }: ItemSources, name: string, branches: readonly string[], { settings }: EnvironmentFacts): SetupItem {
  const wanted = branches.join(', ');
  const common = {
    id: `branches:${name}`,
    title: text('Branches that may deploy'),
    why: text('Without this rule a workflow on any branch, pushed by anybody who can write, reads the environment’s secrets. Allowed should be {branches}: a push deploys from the environment’s own branch, and what is started by hand runs on the default branch.', { branches: wanted }),
    source: environmentsPage,
  };
  const action = { title: text('Restrict…'), command: 'boussole.setUpEnvironment', argument: { repositoryKey: key, environment: name } };
  if (settings.is === 'unknown') return { ...common, state: 'unknown', detail: settings.why };
  if (!settings.value) return { ...common, state: 'todo', detail: text('after the environment') };
  const { branchPolicy } = settings.value;
  switch (branchPolicy.kind) {
    case 'any':
      return { ...common, state: 'problem', detail: text('any branch may'), action };
    case 'protected':
      if (facts.hasProtectedBranches.is === 'unknown') return { ...common, state: 'unknown', detail: facts.hasProtectedBranches.why };
      return facts.hasProtectedBranches.value
        ? { ...common, state: 'ok', detail: text('protected branches only') }
        : { ...common, state: 'problem', detail: text('“protected branches”, and none is: any branch may'), action: settingsAction(repository, key, settings.value.id) };
    case 'custom': {
      const patterns = branchPolicy.patterns.filter(({ type }) => type === 'branch').map((pattern) => pattern.name);
      const missing = branches.filter((branch) => !patterns.some((pattern) => matches(pattern, branch)));
      if (missing.length > 0) return { ...common, state: 'todo', detail: text('{branches} may not yet', { branches: missing.join(', ') }), action: { ...action, title: text('Allow…') } };
      return { ...common, state: 'ok', detail: text('{branches} only', { branches: patterns.join(', ') }) };
    }
  }
}

/** Somebody must agree to what goes to production. */
export function reviewerItem({ repository, key }: ItemSources, { name, reviewers: wanted }: SetupEnvironment, { settings }: EnvironmentFacts): SetupItem {
  const common = {
    id: `reviewers:${name}`,
    title: text('Required reviewers'),
    why: text('One of the reviewers must approve before a job sees the secrets of {environment}. In private repositories this needs a paid plan: without one, run Set Up again and name nobody.', { environment: name }),
    source: environmentsPage,
  };
  if (settings.is === 'unknown') return { ...common, state: 'unknown', detail: settings.why };
  if (!settings.value) return { ...common, state: 'todo', detail: text('after the environment') };
  const { reviewers, preventSelfReview, id } = settings.value;
  if (reviewers.length > 0) {
    const names = reviewers.map((one) => one.name).join(', ');
    if (preventSelfReview || hasLoneReviewer(reviewers)) return { ...common, state: 'ok', detail: text('{reviewers}', { reviewers: names }) };
    return {
      ...common, state: 'todo', detail: text('{reviewers}; who starts a deploy may approve it', { reviewers: names }),
      action: { title: text('Prevent Self-Review…'), command: 'boussole.setUpEnvironment', argument: { repositoryKey: key, environment: name } },
    };
  }
  const action = settingsAction(repository, key, id);
  // The team's own decision; the check of the settings names it all the same.
  if (wanted.length === 0) return { ...common, state: 'ok', detail: text('nobody, as you answered'), action };
  return { ...common, state: 'problem', detail: text('nobody must approve'), action };
}

function settingsAction(repository: RepositoryId, key: string, environmentId: number): SetupAction {
  const url = `${repositoryUrl(repository)}/settings/environments/${environmentId}/edit`;
  return { title: text('Open Settings on GitHub'), command: 'boussole.openOnGitHub', argument: { repositoryKey: key, url } };
}

/** GitHub's patterns of branches as Ruby's `File.fnmatch` reads them: `*` stops at a slash (GitHub: "Deployment branches and tags"). */
function matches(pattern: string, branch: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('**/', '\u0000').replaceAll('*', '[^/]*').replaceAll('?', '[^/]').replaceAll('\u0000', '(?:.*/)?');
  return new RegExp(`^${source}$`).test(branch);
}
