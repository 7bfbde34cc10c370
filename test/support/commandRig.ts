import type { Sessions } from '../../src/app/sessions.ts';
import type { SetupGuide } from '../../src/app/setupGuide.ts';
import { SetupGuides } from '../../src/app/setupGuides.ts';
import type { CheckedFiles, CheckedSettings } from '../../src/app/setupChecks.ts';
import type { WindowState } from '../../src/app/windowState.ts';
import type { CommandContext } from '../../src/commands/commandContext.ts';
import type { CommandId } from '../../src/commands/commandIds.ts';
import { runCommand } from '../../src/commands/registrar.ts';
import type { GitHubSetup } from '../../src/core/gitHubSetup.ts';
import type { Slack } from '../../src/core/slack.ts';
import type { SlackCredential } from '../../src/core/slackCredential.ts';
import { repositoryKey } from '../../src/core/repositoryId.ts';
import type { RowArgument } from '../../src/core/rowArgument.ts';
import { createSshKey } from '../../src/host/sshKey.ts';
import { windowPrompts } from '../../src/host/windowPrompts.ts';
import { pipelineTemplates } from '../../src/pipeline/templates.ts';
import { person, type Shown } from './fakeVscode/script.ts';
import { startWorld, type World, type WorldOptions } from './startWorld.ts';

/** What commands did to the window besides showing something. */
export interface Deeds {
  readonly revealed: RowArgument[];
  readonly logs: RowArgument[];
  readonly chosen: string[];
  readonly signedIn: string[];
  readonly tokens: Map<string, string>;
  readonly channels: Map<string, string>;
  credential: SlackCredential | undefined;
  isExploring: boolean;
  /** What the doctor's list was given to show. */
  readonly checked: CheckedSettings[];
  /** How often the window was asked to open what could not be opened. */
  reopened: number;
  logShown: number;
  /** Paths of the files that Set Up showed, each time. */
  readonly changes: (readonly string[])[];
  /** Texts that were opened to be read, by name. */
  readonly texts: Map<string, string>;
}

export interface CommandRig {
  readonly world: World;
  readonly deeds: Deeds;
  readonly key: string;
  readonly guide: SetupGuide;
  /** Runs a command with the person pressing `answers` in order; `⏎` is a plain Enter, `undefined` Escape. Answers what was shown. */
  ask(id: CommandId, argument: RowArgument | undefined, ...answers: (string | undefined)[]): Promise<readonly Shown[]>;
  dispose(): void;
}

/** Commands as the product runs them, on a simulated world, in front of a scripted person. */
export async function startCommandRig(
  options: WorldOptions & { isTrusted?: boolean; state?: WindowState; slack?: (credential: SlackCredential) => Slack; slackChannel?: string; checkedFiles?: CheckedFiles; committer?: (world: World) => Promise<GitHubSetup> } = {},
): Promise<CommandRig> {
  const world = startWorld(options);
  await world.open();
  const ending = new AbortController();
  const deeds: Deeds = {
    revealed: [],
    logs: [],
    chosen: [],
    signedIn: [],
    tokens: new Map(),
    channels: new Map(options.slackChannel === undefined ? [] : [['*', options.slackChannel]]),
    credential: undefined,
    isExploring: false,
    checked: [],
    reopened: 0,
    logShown: 0,
    changes: [],
    texts: new Map(),
  };
  const state: WindowState = options.state ?? { kind: 'ready' };
  const { repository } = world.session;
  const open = (credential: SlackCredential) => {
    if (!options.slack) throw new Error('This rig has no Slack.');
    return options.slack(credential);
  };
  const sessions: Sessions = { all: state.kind === 'ready' ? [world.session] : [], onDidChange: () => ({ dispose: () => undefined }) };
  const guides = new SetupGuides(sessions);
  const context: CommandContext = {
    sessions,
    windowState: () => Promise.resolve(state),
    prompts: windowPrompts,
    isTrusted: () => options.isTrusted ?? true,
    repositories: {
      candidates: () => [
        {
          root: '/projects/crm',
          candidates: [
            { remote: 'origin', repository },
            { remote: 'fork', repository: { ...repository, owner: 'camille' } },
          ],
          strangers: [],
        },
      ],
      reopen: () => Promise.resolve(void deeds.reopened++),
      choose: (root, { owner, name }) => Promise.resolve(void deeds.chosen.push(`${root} → ${owner}/${name}`)),
    },
    accounts: {
      hosts: () => [repository.host],
      signIn: (host, why) => Promise.resolve(void deeds.signedIn.push(why === undefined ? host.authority : `${host.authority}: ${why}`)),
      useToken: (host, token) => {
        if (token === undefined) deeds.tokens.delete(host.authority);
        else deeds.tokens.set(host.authority, token);
        return Promise.resolve();
      },
      hasToken: (host) => Promise.resolve(deeds.tokens.has(host.authority)),
    },
    slack: {
      isConnected: () => Promise.resolve(deeds.credential !== undefined),
      current: () => Promise.resolve(deeds.credential && open(deeds.credential)),
      open: async (credential) => open(credential),
      keep: (credential) => {
        deeds.credential = credential;
        return Promise.resolve();
      },
      channelFor: (environment) => deeds.channels.get(environment),
      setChannel: (environment, channel) => Promise.resolve(void deeds.channels.set(environment, channel)),
    },
    setUp: {
      guide: (session) => guides.of(session),
      templates: () => Promise.resolve(pipelineTemplates),
      committer: (session) => options.committer?.(world) ?? session.setup(),
      generateKey: (comment) => Promise.resolve(createSshKey(comment)),
      showChanges: (_repository, change) => Promise.resolve(void deeds.changes.push(change.files.map(({ path }) => path))),
      showText: (name, text) => Promise.resolve(void deeds.texts.set(name, text)),
      show: () => Promise.resolve(),
    },
    doctor: {
      checkFiles: () => Promise.resolve(options.checkedFiles ?? { problems: 0, files: 0, looked: 0 }),
      show: (settings) => void deeds.checked.push(...settings),
      close: () => void deeds.checked.splice(0),
    },
    sample: {
      isOn: () => deeds.isExploring,
      explore: () => Promise.resolve(void (deeds.isExploring = true)),
      leave: () => Promise.resolve(void (deeds.isExploring = false)),
    },
    log: {
      info: (message) => world.log.info(message),
      debug: (message) => world.log.debug(message),
      warn: (message) => world.log.warn(message),
      error: (message, error) => world.log.error(message, error),
      show: () => void deeds.logShown++,
    },
    revealRun: (argument) => {
      deeds.revealed.push(argument);
      return Promise.resolve(world.session.store.state.runs?.runs.some(({ id }) => id === argument.runId) ?? false);
    },
    openLogDocument: (argument) => Promise.resolve(void deeds.logs.push(argument)),
  };
  return {
    world,
    deeds,
    key: repositoryKey(repository),
    get guide() {
      return guides.of(world.session);
    },
    ask: async (id, argument, ...answers) => {
      const from = person.shown.length;
      person.answers(...answers);
      // Time passes only as far as the command needs it: writes keep a second between them.
      await world.clock.until(runCommand(id, context, argument, ending.signal), 15_000);
      if (person.unusedAnswers > 0) throw new Error(`${id} did not ask for ${person.unusedAnswers} of the answers.`);
      return person.shown.slice(from);
    },
    dispose: () => {
      ending.abort();
      guides.dispose();
      world.dispose();
    },
  };
}
