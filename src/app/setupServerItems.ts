import { problemWithKnownHosts } from '../core/hostKey.ts';
import { environmentVariables, type SetupEnvironment } from '../core/setupAnswers.ts';
import { writtenAddress } from '../core/serverAddress.ts';
import type { SetupItem } from '../core/setupItem.ts';
import { text } from '../core/text.ts';
import { pipelineFiles, type EnvironmentFacts } from './setupCheck.ts';
import type { ItemSources } from './setupChecklist.ts';

const sshPage = 'https://man.openbsd.org/sshd.8#AUTHORIZED_KEYS_FILE_FORMAT';

/** The deploy key's private half is the environment's secret. */
export function keyItem({ key }: ItemSources, { name }: SetupEnvironment, { settings, secrets }: EnvironmentFacts): SetupItem {
  const common = {
    id: `key:${name}`,
    title: text('Secret DEPLOY_SSH_KEY'),
    why: text('A key of its own for each environment. It is made in memory here; its private half goes to GitHub, sealed, and nowhere else.'),
    source: 'https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets',
  };
  const argument = { repositoryKey: key, environment: name };
  if (settings.is === 'read' && !settings.value) return { ...common, state: 'todo', detail: text('after the environment') };
  if (secrets.is === 'unknown') return { ...common, state: 'unknown', detail: secrets.why };
  const found = secrets.value.find((secret) => secret.name === 'DEPLOY_SSH_KEY');
  if (!found) return { ...common, state: 'todo', detail: text('not there yet'), action: { title: text('Generate Key'), command: 'boussole.setUpKey', argument } };
  return {
    ...common, state: 'ok', detail: text('written {date}', { date: new Date(found.updatedAt).toISOString().slice(0, 10) }),
    action: { title: text('Rotate Key…'), command: 'boussole.setUpKey', argument },
  };
}

/** The server is prepared and knows the key. Only a run can prove it. */
export function serverItem({ key, record }: ItemSources, environment: SetupEnvironment, facts: EnvironmentFacts): SetupItem {
  const { name, server } = environment;
  const { dryRun } = facts;
  const common = {
    id: `server:${name}`,
    title: text('Server'),
    why: text('A script to run once as root, for {address}: it installs the programs that switch releases, makes the folder, and lets the deploy key do that and nothing else. Read it before you run it.', { address: writtenAddress(server) }),
    source: sshPage,
    action: { title: text('Show Script'), command: 'boussole.setUpServer', argument: { repositoryKey: key, environment: name } },
  };
  if (dryRun.is === 'unknown') return { ...common, state: 'unknown', detail: dryRun.why };
  if (dryRun.value?.state === 'succeeded') return { ...common, state: 'ok', detail: text('answers') };
  if (record.publicKeys[name] !== undefined) return { ...common, state: 'todo', detail: text('script to run; the dry run proves it') };
  if (answersAlready(environment, facts)) return { ...common, state: 'ok', detail: text('answers') };
  if (hasKey(facts)) return { ...common, state: 'todo', detail: text('only the dry run can tell') };
  return { ...withoutAction(common), state: 'todo', detail: text('after the key') };
}

/** The one line that lets the key in, for those who prepare their server in another way. */
export function authorizedKeyItem({ key, record }: ItemSources, environment: SetupEnvironment, facts: EnvironmentFacts): SetupItem {
  const { name, server } = environment;
  const { dryRun } = facts;
  const common = {
    id: `authorizedKeys:${name}`,
    title: text('Line in authorized_keys'),
    why: text('The line ties the key to one program on the server: no shell, no forwarding, no other folder than {base}. The script writes it too.', { base: server.base }),
    source: sshPage,
  };
  const copy = { title: text('Copy Line'), command: 'boussole.setUpCopyKey', argument: { repositoryKey: key, environment: name } };
  if (record.publicKeys[name] === undefined) {
    if (answersAlready(environment, facts) || (dryRun.is === 'read' && dryRun.value?.state === 'succeeded')) return { ...common, state: 'ok', detail: text('lets the key in') };
    // Made by somebody else, in another window: its line is not known here.
    return { ...common, state: 'todo', detail: hasKey(facts) ? text('only the dry run can tell') : text('after the key') };
  }
  if (dryRun.is === 'unknown') return { ...common, state: 'unknown', detail: dryRun.why, action: copy };
  if (dryRun.value?.state === 'succeeded') return { ...common, state: 'ok', detail: text('lets the key in'), action: copy };
  return { ...common, state: 'todo', detail: text('only the dry run can tell'), action: copy };
}

/** The server's key is pinned, so that no other machine is taken for it. */
export function knownHostsItem({ key }: ItemSources, { name, server }: SetupEnvironment, { settings, variables }: EnvironmentFacts): SetupItem {
  const common = {
    id: `knownHosts:${name}`,
    title: text('Variable DEPLOY_KNOWN_HOSTS'),
    why: text('The job sends code and trusts answers only of a server with this host key. It must come from the server itself: asking over the network would trust whoever answers.'),
    source: 'https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT',
    action: { title: text('Paste Host Key…'), command: 'boussole.setUpHostKey', argument: { repositoryKey: key, environment: name } },
  };
  if (settings.is === 'read' && !settings.value) return { ...withoutAction(common), state: 'todo', detail: text('after the environment') };
  if (variables.is === 'unknown') return { ...common, state: 'unknown', detail: variables.why };
  const value = variables.value.find((variable) => variable.name === 'DEPLOY_KNOWN_HOSTS')?.value;
  if (value === undefined || value === '') return { ...common, state: 'todo', detail: text('not there yet') };
  const problem = problemWithKnownHosts(value, server);
  return problem ? { ...common, state: 'problem', detail: problem } : { ...common, state: 'ok', detail: text('set') };
}

/** Where the job connects to, and where it looks at the site. */
export function variablesItem({ key }: ItemSources, environment: SetupEnvironment, { settings, variables }: EnvironmentFacts): SetupItem {
  const wanted = Object.entries(environmentVariables(environment));
  const common = {
    id: `variables:${environment.name}`,
    title: text('Variables for the server'),
    why: text('The jobs of {environment} read {names}.', { environment: environment.name, names: wanted.map(([name]) => name).join(', ') }),
    source: 'https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables',
    action: { title: text('Set…'), command: 'boussole.setUpVariables', argument: { repositoryKey: key, environment: environment.name } },
  };
  if (settings.is === 'read' && !settings.value) return { ...withoutAction(common), state: 'todo', detail: text('after the environment') };
  if (variables.is === 'unknown') return { ...common, state: 'unknown', detail: variables.why };
  const { value: present } = variables;
  const differing = wanted.filter(([name, value]) => present.find((variable) => variable.name === name)?.value !== value).map(([name]) => name);
  if (differing.length === 0) return { ...withoutAction(common), state: 'ok', detail: text('set') };
  const isMissing = differing.some((name) => !present.some((variable) => variable.name === name));
  const names = differing.join(', ');
  return { ...common, state: 'todo', detail: isMissing ? text('missing: {names}', { names }) : text('not as you answered: {names}', { names }) };
}

/** A run that does everything up to the server's door proves the whole chain without changing what is live. */
export function dryRunItem({ key, facts, record }: ItemSources, environment: SetupEnvironment, own: EnvironmentFacts): SetupItem {
  const { name } = environment;
  const { dryRun } = own;
  const common = {
    id: `dryRun:${name}`,
    title: text('First dry run'),
    why: text('It plans, tests, builds, and asks the server what is live; nothing is changed.'),
    source: 'https://docs.github.com/actions/how-tos/manage-workflow-runs/manually-run-a-workflow',
  };
  const start = { title: text('Start'), command: 'boussole.setUpDryRun', argument: { repositoryKey: key, environment: name } };
  if (dryRun.is === 'unknown') return { ...common, state: 'unknown', detail: dryRun.why, action: start };
  const run = dryRun.value;
  if (!run) {
    // A key that was made since then has still to prove itself.
    if (record.publicKeys[name] === undefined && answersAlready(environment, own)) return { ...common, state: 'ok', detail: text('something is live already'), action: start };
    const { installed } = facts;
    if (installed.is === 'read' && pipelineFiles.some((path) => !installed.value.has(path))) return { ...common, state: 'todo', detail: text('after the merge') };
    // Started earlier it would make GitHub create the environment, open to everybody, and then fail for want of the rest.
    if (isUnready(own)) return { ...common, state: 'todo', detail: text('after the steps above') };
    return { ...common, state: 'todo', detail: text('not started yet'), action: start };
  }
  const { state, id, number = 0, url } = run;
  const open = id === undefined || url === undefined ? undefined : { title: text('Open on GitHub'), command: 'boussole.openOnGitHub', argument: { repositoryKey: key, runId: id, url } };
  const opened = open ? { action: open } : {};
  switch (state) {
    case 'underway':
      return { ...common, state: 'todo', detail: number === 0 ? text('started') : text('run #{number} is under way', { number }), ...opened };
    case 'waiting':
      return { ...common, state: 'todo', detail: text('run #{number} waits for approval', { number }), ...opened };
    case 'succeeded':
      return { ...common, state: 'ok', detail: text('run #{number} succeeded', { number }), ...opened };
    case 'failed':
      if (id === undefined) return { ...common, state: 'problem', detail: text('it was not started'), action: start };
      return { ...common, state: 'problem', detail: number === 0 ? text('it did not succeed') : text('run #{number} did not succeed', { number }), action: { title: text('Open Log'), command: 'boussole.openLog', argument: { repositoryKey: key, runId: id, ...(url === undefined ? {} : { url }) } }, also: start };
  }
}

function hasKey({ secrets }: EnvironmentFacts): boolean {
  return secrets.is === 'read' && secrets.value.some(({ name }) => name === 'DEPLOY_SSH_KEY');
}

/** Something is live there, and on the server that was answered: then that server knows the key. */
function answersAlready(environment: SetupEnvironment, { isLive, variables }: EnvironmentFacts): boolean {
  if (!isLive || variables.is === 'unknown') return isLive;
  const { DEPLOY_HOST: host, DEPLOY_PORT: port, DEPLOY_USER: user } = environmentVariables(environment);
  const other = (name: string, wanted: string | undefined) => variables.value.some((variable) => variable.name === name && variable.value !== wanted);
  return !other('DEPLOY_HOST', host) && !other('DEPLOY_PORT', port) && !other('DEPLOY_USER', user);
}

/** Something that a run needs is known not to be there; what could not be read keeps nobody from trying. */
function isUnready(own: EnvironmentFacts): boolean {
  const { settings, secrets, variables } = own;
  if (settings.is === 'read' && !settings.value) return true;
  if (secrets.is === 'read' && !hasKey(own)) return true;
  const wanted = ['DEPLOY_HOST', 'DEPLOY_USER', 'DEPLOY_KNOWN_HOSTS'];
  return variables.is === 'read' && wanted.some((name) => !variables.value.some((variable) => variable.name === name && variable.value !== ''));
}

function withoutAction<T extends { readonly action: unknown }>({ action: _action, ...rest }: T): Omit<T, 'action'> {
  return rest;
}
