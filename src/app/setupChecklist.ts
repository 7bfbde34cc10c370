import { branchesOf, type SetupAnswers, type SetupEnvironment } from '../core/setupAnswers.ts';
import { repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import type { SetupItem } from '../core/setupItem.ts';
import { text, type Text } from '../core/text.ts';
import { branchItem, environmentItem, pullRequestItem, reviewerItem } from './setupGitHubItems.ts';
import { authorizedKeyItem, dryRunItem, knownHostsItem, keyItem, serverItem, variablesItem } from './setupServerItems.ts';
import { slackItems } from './setupSlackItems.ts';
import type { EnvironmentFacts, SetupFacts } from './setupCheck.ts';
import type { SetupRecord } from './setupMemory.ts';

/** A part of the checklist: the pipeline itself, one environment, or Slack. */
export interface SetupSection {
  readonly id: string;
  readonly title: Text;
  readonly items: readonly SetupItem[];
}

/** What every item is made from. */
export interface ItemSources {
  readonly repository: RepositoryId;
  readonly key: string;
  readonly facts: SetupFacts;
  readonly record: SetupRecord;
  /** How many files wait to be committed, when somebody was shown them. */
  readonly proposed: number;
}

/**
 * The checklist in the order in which a person does it: the merge comes after the environments, for it is a push like any other, whose
 * run makes GitHub create those that are missing, open to everybody.
 */
export function setupChecklist(repository: RepositoryId, facts: SetupFacts, record: SetupRecord, answers: SetupAnswers, proposed = 0): readonly SetupSection[] {
  const sources: ItemSources = { repository, key: repositoryKey(repository), facts, record, proposed };
  const slack = slackItems(sources, answers);
  return [
    ...answers.environments.flatMap((environment): readonly SetupSection[] => {
      const own = facts.environments.get(environment.name);
      return own ? [{ id: `environment:${environment.name}`, title: text('{environment}', { environment: environment.name }), items: environmentItems(sources, environment, own) }] : [];
    }),
    ...(slack.length === 0 ? [] : [{ id: 'slack', title: text('Notifications'), items: slack }]),
    { id: 'pipeline', title: text('Pipeline'), items: [pullRequestItem(sources)] },
  ];
}

/** True when nothing is left to do. */
export function isDone(sections: readonly SetupSection[]): boolean {
  return sections.every(({ items }) => items.every(({ state }) => state === 'ok'));
}

function environmentItems(sources: ItemSources, environment: SetupEnvironment, facts: EnvironmentFacts): readonly SetupItem[] {
  const branches = branchesOf(environment, sources.facts.defaultBranch);
  return [
    environmentItem(sources, environment.name, facts),
    branchItem(sources, environment.name, branches, facts),
    ...(environment.isProduction ? [reviewerItem(sources, environment, facts)] : []),
    keyItem(sources, environment, facts),
    serverItem(sources, environment, facts),
    authorizedKeyItem(sources, environment, facts),
    knownHostsItem(sources, environment, facts),
    variablesItem(sources, environment, facts),
    dryRunItem(sources, environment, facts),
  ];
}
