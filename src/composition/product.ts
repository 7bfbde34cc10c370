import { commands, l10n, window, workspace, type CancellationToken, type Uri } from 'vscode';
import { WindowSessions } from '../app/windowSessions.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import type { CommandId } from '../commands/commandIds.ts';
import { runCommand } from '../commands/registrar.ts';
import { sayError } from '../commands/say.ts';
import type { Disposable } from '../core/clock.ts';
import type { DeployError } from '../core/deployError.ts';
import { withoutLinks } from '../core/plainText.ts';
import { gitHubHosts, onDidChangeGitHubHosts } from '../host/enterpriseHosts.ts';
import { GitHubAccounts } from '../host/gitHubAccount.ts';
import { GitRepositories } from '../host/gitRepositories.ts';
import { mementoStorage } from '../host/mementoStorage.ts';
import { OutputLog } from '../host/outputLog.ts';
import type { Prompts } from '../host/prompts.ts';
import { SampleTeam } from '../host/sampleTeam.ts';
import { SecretStore } from '../host/secretStore.ts';
import { SettingsReader } from '../host/settingsReader.ts';
import { WindowAttention } from '../host/windowAttention.ts';
import { windowPrompts } from '../host/windowPrompts.ts';
import { startDoctor } from './doctor.ts';
import { showViews } from './productViews.ts';
import { startSetUp } from './setUp.ts';
import { loadSampleWorld } from './sampleWorld.ts';
import { SessionOpener } from './sessionOpener.ts';
import type { Shell } from './shell.ts';
import { SlackConnection } from './slackConnection.ts';

/** The running product, as the shell and the tests know it. */
export interface Product extends Disposable {
  /** Runs a command behind the error boundary; never rejects. */
  run(id: CommandId, argument?: unknown): Promise<void>;
  logDocument(uri: Uri, token: CancellationToken): Promise<string>;
  readonly sessions: WindowSessions;
  /** Asked instead of VS Code's own modal dialogs, which cannot be answered inside a test host. */
  replaceConfirm(confirm: Prompts['confirm']): void;
}

/** Puts the whole product together; resolves once the window was looked at and its sessions opened. */
export async function startProduct({ context, views, statusBarItem }: Shell): Promise<Product> {
  const owned: Disposable[] = [];
  const own = <T extends Disposable>(part: T): T => {
    owned.push(part);
    return part;
  };
  const ending = new AbortController();

  // The host: what the editor knows and keeps.
  const log = own(new OutputLog());
  const workspaceState = mementoStorage(context.workspaceState, '');
  const secrets = new SecretStore(context.secrets);
  const settings = own(new SettingsReader(log));
  const accounts = own(
    new GitHubAccounts({ secrets, storage: mementoStorage(context.globalState, 'account:'), log, hosts: () => gitHubHosts() }),
  );
  const git = own(new GitRepositories(log));
  const attention = own(new WindowAttention(Object.values(views).map(({ view }) => view)));
  const sample = own(new SampleTeam(workspaceState, loadSampleWorld));

  // The sessions: one for each repository that this window deploys.
  const slack = own(new SlackConnection(secrets, settings, log));
  const opener = new SessionOpener({
    workspaceState: context.workspaceState,
    settings,
    slack: () => slack.current(),
    sample,
    log,
    onSlackProblem: (error) => void tellSlackProblem(error, log),
  });
  const sessions = own(
    new WindowSessions({
      hasFolder: () => (workspace.workspaceFolders?.length ?? 0) > 0,
      clones: () => git.all,
      hosts: () => gitHubHosts(log),
      account: (host) => {
        // A repository on GitHub is there, so its client will be wanted: it loads while VS Code looks for the account.
        opener.prepare();
        return accounts.current(host);
      },
      reject: (host, token) => accounts.reject(host, token),
      open: (repository, root, token) => opener.open(repository, root, token),
      parentOf: (repository, token) => opener.parentOf(repository, token),
      sample: () => (sample.isOn ? () => opener.openSample() : undefined),
      storage: workspaceState,
      log,
    }),
  );
  const look = () => void sessions.update().catch((error: unknown) => log.error('The repositories of this window could not be opened.', error));
  own(git.onDidChange(look));
  own(accounts.onDidChange(look));
  own(sample.onDidChange(look));
  own(onDidChangeGitHubHosts(look));
  const redraw = () => {
    for (const { refresher } of sessions.all) refresher.redraw();
  };
  own(settings.onDidChange(redraw));
  own(workspace.onDidGrantWorkspaceTrust(redraw));

  // What the user sees.
  const attend = () => {
    for (const session of sessions.all) session.refresher.setAttention(attention.current);
  };
  own(attention.onDidChange(attend));
  own(sessions.onDidChange(attend));
  const setUp = own(startSetUp(sessions, { view: views.setup, accounts, opener, sample, attention }));
  const doctor = own(startDoctor(sessions, () => git.all.map(({ root }) => root), log));
  const shown = own(showViews({ views, statusBarItem }, sessions, sample));

  // What the user can ask.
  let prompts: Prompts = windowPrompts;
  const commandContext: CommandContext = {
    sessions,
    windowState: async () => {
      await first;
      return sessions.state;
    },
    get prompts() {
      return prompts;
    },
    isTrusted: () => workspace.isTrusted || sample.isOn,
    repositories: { candidates: () => sessions.candidates, choose: (root, repository) => sessions.choose(root, repository), reopen: () => sessions.update() },
    accounts: {
      hosts: () => gitHubHosts(),
      signIn: async (host, why) => {
        await accounts.signIn(host, why);
        await sessions.update();
        // The same token may now be allowed more, for which no session is opened anew.
        for (const { repository, refresher } of sessions.all) if (repository.host.authority === host.authority) void refresher.refresh();
      },
      useToken: (host, token) => accounts.useToken(host, token),
      hasToken: (host) => accounts.hasToken(host),
    },
    slack: {
      isConnected: async () => (await secrets.slackCredential()) !== undefined,
      current: () => slack.current(),
      open: (credential) => slack.open(credential),
      keep: (credential) => slack.keep(credential),
      channelFor: (environment) => settings.read(undefined).slack.channels[environment],
      setChannel: (environment, channel) => settings.setSlackChannel(environment, channel),
    },
    setUp: setUp.context,
    doctor,
    sample: { isOn: () => sample.isOn, explore: () => sample.explore(), leave: () => sample.leave() },
    log,
    revealRun: (argument) => shown.revealRun(argument),
    openLogDocument: (argument) => shown.openLogDocument(argument),
  };

  const first = git.start().then(() => sessions.update());
  first.catch((error: unknown) => log.error('The repositories of this window could not be opened.', error));

  const product: Product = {
    run: (id, argument) => runCommand(id, commandContext, argument, ending.signal),
    logDocument: (uri, token) => shown.logDocument(uri, token),
    sessions,
    replaceConfirm: (confirm) => {
      prompts = { ...windowPrompts, confirm };
    },
    dispose: () => {
      ending.abort();
      for (const part of owned.splice(0).toReversed()) part.dispose();
    },
  };
  context.subscriptions.push(product);
  await first.catch(() => undefined);
  return product;
}

/** A deploy goes on without Slack; that it was not told is said once, with what can be done. */
async function tellSlackProblem(error: DeployError, log: OutputLog): Promise<void> {
  const connect = l10n.t('Connect Slack…');
  const showLog = l10n.t('Show Log');
  const buttons = [...(error.actions.includes('connectSlack') ? [connect] : []), showLog];
  const answer = await window.showWarningMessage(withoutLinks(l10n.t('Slack was not told: {problem}', { problem: sayError(error) })), ...buttons);
  if (answer === connect) await commands.executeCommand('boussole.connectSlack');
  if (answer === showLog) log.show();
}
