import { sameEnvironment } from '../core/environment.ts';
import type { SetupItem } from '../core/setupItem.ts';
import { text } from '../core/text.ts';
import { missingItem, protectionItems, slipItem, unusedItem } from './environmentChecks.ts';
import { ageItems, misplacedItems, shadowedItems } from './secretChecks.ts';
import type { SettingsFacts } from './settingsFacts.ts';
import type { SetupSection } from './setupChecklist.ts';

/** The settings one can deploy safely with, point by point: the environments, production first, and the secrets of the repository. */
export function settingsSections(facts: SettingsFacts): readonly SetupSection[] {
  const targets = facts.targets.toReversed();
  const sections = targets.map(({ environment, isProduction }): SetupSection => ({
    id: `environment:${environment}`,
    title: text('{environment}', { environment }),
    items: environmentItems(facts, environment, isProduction),
  }));
  const shared = [...misplacedItems(facts), ...shadowedItems(facts), ...ageItems(facts, 'repository', facts.repositorySecrets)];
  const unused = facts.environments.is === 'read' ? facts.environments.value.flatMap((environment) => unusedItem(facts, environment)) : [];
  return [
    ...sections,
    { id: 'repository', title: text('Secrets of the repository'), items: shared },
    { id: 'unused', title: text('Other environments'), items: unused },
  ].filter(({ items }) => items.length > 0);
}

function environmentItems(facts: SettingsFacts, name: string, isProduction: boolean): readonly SetupItem[] {
  const { environments } = facts;
  if (environments.is === 'unknown') return [{ ...missingItem(facts, name), state: 'unknown', detail: environments.why }];
  const settings = environments.value.find((one) => sameEnvironment(one.name, name));
  if (!settings) return [missingItem(facts, name)];
  const secrets = facts.environmentSecrets.get(name.toLowerCase());
  return [
    ...slipItem(facts, settings),
    ...(isProduction ? protectionItems(facts, settings) : []),
    ...(secrets ? ageItems(facts, settings.name, secrets) : []),
  ];
}

/** What needs somebody's attention. */
export function openPoints(sections: readonly SetupSection[]): number {
  return sections.flatMap(({ items }) => items).filter(({ state }) => state === 'problem' || state === 'todo').length;
}
