import { notificationsEnvironment } from '../core/pipelineAnswers.ts';
import { branchesOf, slackSecret, type SetupAnswers } from '../core/setupAnswers.ts';
import type { SetupItem } from '../core/setupItem.ts';
import { text } from '../core/text.ts';
import { branchItem, environmentItem } from './setupGitHubItems.ts';
import type { ItemSources } from './setupChecklist.ts';

const slackPage = 'https://docs.slack.dev/authentication/tokens';

/** The environment that the telling jobs name, whether or not Slack is told; where it is, its secret and the channel too. */
export function slackItems(sources: ItemSources, { slack, environments }: SetupAnswers): readonly SetupItem[] {
  const { key, facts } = sources;
  const own = facts.environments.get(notificationsEnvironment);
  if (!own) return [];
  const branches = [...new Set(environments.flatMap((environment) => branchesOf(environment, facts.defaultBranch)))];
  const argument = { repositoryKey: key, environment: notificationsEnvironment };
  const allowed = branchItem(sources, notificationsEnvironment, branches, own);
  // Without a secret any branch may use it; but where none may, the telling jobs fail.
  if (slack.kind === 'none') return [environmentItem(sources, notificationsEnvironment, own), ...(own.settings.is === 'read' && own.settings.value?.branchPolicy.kind === 'custom' && allowed.state !== 'ok' ? [allowed] : [])];
  const items = [environmentItem(sources, notificationsEnvironment, own), allowed];
  const isMissing = own.settings.is === 'read' && !own.settings.value;

  const name = slackSecret(slack);
  const secret = {
    id: 'slackSecret',
    title: text('Secret {name}', { name }),
    why: text('The workflow tells Slack with it. It is in an environment of its own, so that the jobs that build and ship never see it.'),
    source: slackPage,
  };
  const set = { title: text('Set…'), command: 'boussole.setUpSlackSecret', argument };
  if (isMissing) items.push({ ...secret, state: 'todo', detail: text('after the environment') });
  else if (own.secrets.is === 'unknown') items.push({ ...secret, state: 'unknown', detail: own.secrets.why });
  else if (own.secrets.value.some((one) => one.name === name)) items.push({ ...secret, state: 'ok', detail: text('set'), action: set });
  else items.push({ ...secret, state: 'todo', detail: text('not there yet'), action: set });

  if (slack.kind === 'bot') {
    const channel = {
      id: 'slackChannel',
      title: text('Variable SLACK_CHANNEL'),
      why: text('The channel that hears of deploys. The bot must be a member of it.'),
      source: slackPage,
    };
    const setChannel = { title: text('Set…'), command: 'boussole.setUpVariables', argument };
    if (isMissing) items.push({ ...channel, state: 'todo', detail: text('after the environment') });
    else if (own.variables.is === 'unknown') items.push({ ...channel, state: 'unknown', detail: own.variables.why });
    else {
      const value = own.variables.value.find((one) => one.name === 'SLACK_CHANNEL')?.value;
      if (value === slack.channel) items.push({ ...channel, state: 'ok', detail: text('{channel}', { channel: value }) });
      else items.push({ ...channel, state: 'todo', detail: value === undefined ? text('not there yet') : text('differs from your answer'), action: setChannel });
    }
  }
  return items;
}
