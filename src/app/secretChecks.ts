import type { SecretName } from '../core/gitHubSetup.ts';
import { repositoryUrl } from '../core/repositoryId.ts';
import type { SetupAction, SetupItem } from '../core/setupItem.ts';
import { text } from '../core/text.ts';
import type { Read } from './setupCheck.ts';
import { keyOf, type SettingsFacts } from './settingsFacts.ts';

const secretsPage = 'https://docs.github.com/en/actions/concepts/security/secrets';
const rotationPage = 'https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information';

const day = 24 * 60 * 60 * 1000;

/** A secret that was not written for so long is likely known to people who left. */
const staleDays = 180;

/** Names under which teams keep what opens a server or a cloud. */
const opensServers = /(?:^|_)(?:DEPLOY|SSH|SFTP|FTP|SERVER|RSYNC|KUBE\w*|KUBECONFIG|PRIVATE_KEY|PROD|PRODUCTION|STAGING)(?:_|$)|(?:^|_)(?:ID_RSA|ID_ED25519|SSH_?KEY|DEPLOY_?KEY)|AWS_SECRET_ACCESS_KEY/i;

/** Keys of servers belong to their environment: a secret of the repository is read by any workflow of any branch. */
export function misplacedItems(facts: SettingsFacts): readonly SetupItem[] {
  const { repositorySecrets, organizationSecrets } = facts;
  const why = text('Anyone who can push a branch can read it with a workflow of their own, past every reviewer. A secret of an environment is given only to jobs that its rules let through.');
  const title = text('Keys only in environments');
  const placed = [
    { id: 'repository', read: repositorySecrets, where: text('{name} is a secret of the whole repository') },
    { id: 'organization', read: organizationSecrets, where: text('{name} is a secret of the organization') },
  ];
  return placed.flatMap(({ id, read, where }): readonly SetupItem[] => {
    const common = { title, why, source: secretsPage };
    if (read.is === 'unknown') return [{ ...common, id: `misplaced:${id}`, state: 'unknown', detail: read.why }];
    const keys = read.value.filter(({ name }) => isKey(facts, name));
    if (keys.length === 0) return id === 'repository' ? [{ ...common, id: `misplaced:${id}`, state: 'ok', detail: text('no key stands in the repository') }] : [];
    return keys.map(({ name }) => ({ ...common, id: `misplaced:${id}:${name}`, state: 'problem', detail: text(where.message, { name }), action: settings(facts) }));
  });
}

/** The environment's value wins where there is one; where there is none, the repository's is taken without a word. */
export function shadowedItems(facts: SettingsFacts): readonly SetupItem[] {
  const { repositorySecrets, environmentSecrets } = facts;
  if (repositorySecrets.is === 'unknown') return [];
  return repositorySecrets.value.flatMap(({ name }) => {
    const holders = [...environmentSecrets].filter(([, read]) => read.is === 'read' && read.value.some((secret) => secret.name === name)).map(([environment]) => environment);
    if (holders.length === 0 || isKey(facts, name)) return [];
    return [{
      id: `shadowed:${name}`,
      state: 'todo' as const,
      title: text('One place for each secret'),
      detail: text('{name} stands in {environments} and in the repository', { name, environments: holders.join(', ') }),
      why: text('An environment without its own takes the repository’s without a word: a deploy then goes to the wrong place with the wrong key.'),
      source: secretsPage,
      action: settings(facts),
    }];
  });
}

/** Secrets that nobody has written for half a year; GitHub tells when one was written, never whether the value was new. */
export function ageItems(facts: SettingsFacts, place: string, read: Read<readonly SecretName[]>): readonly SetupItem[] {
  const common = {
    title: text('Age of the secrets'),
    why: text('What was not renewed for half a year is likely known to people and machines that should not have it any more. GitHub tells when a secret was written, not whether its value changed.'),
    source: rotationPage,
  };
  if (read.is === 'unknown') return [{ ...common, id: `age:${place}`, state: 'unknown', detail: read.why }];
  if (read.value.length === 0) return [];
  const old = read.value.filter(({ updatedAt }) => facts.now - updatedAt > staleDays * day);
  if (old.length === 0) return [{ ...common, id: `age:${place}`, state: 'ok', detail: text('none is older than {days} days', { days: staleDays }) }];
  return old.map(({ name, updatedAt }) => ({
    ...common,
    id: `age:${place}:${name}`,
    state: 'todo',
    detail: text('{name} was last written on {date}', { name, date: new Date(updatedAt).toISOString().slice(0, 10) }),
    action: settings(facts),
  }));
}

/** By its name: as teams call keys, or with the name of an environment in it. */
function isKey({ targets }: SettingsFacts, name: string): boolean {
  return opensServers.test(name) || targets.some(({ environment }) => name.toLowerCase().split('_').includes(environment.toLowerCase()));
}

function settings(facts: SettingsFacts): SetupAction {
  return {
    title: text('Open Settings on GitHub'),
    command: 'boussole.openOnGitHub',
    argument: { repositoryKey: keyOf(facts), url: `${repositoryUrl(facts.repository)}/settings/secrets/actions` },
  };
}
