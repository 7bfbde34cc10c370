import { ConfigurationTarget, Disposable, workspace, type Uri } from 'vscode';
import type { Log } from '../core/log.ts';
import type { EnvironmentSettings, Settings } from '../core/settings.ts';
import { readEnvironments, readEvents, readLevels, readNames, type Problem } from './settingValues.ts';

const section = 'boussole';

/**
 * The `boussole.*` settings, checked. Whatever decides where something is sent (Slack's address, channels and events) is taken
 * from the user's and the machine's settings only; in an untrusted folder the workspace has no say at all. A wrong value is
 * logged once and its default used.
 */
export class SettingsReader implements Disposable {
  readonly #log: Log;
  readonly #told = new Set<string>();
  /** What was read, by folder: asking VS Code costs milliseconds, and we are asked at every change of the picture. */
  readonly #known = new Map<string, Settings>();
  readonly #subscriptions: Disposable;

  constructor(log: Log) {
    this.#log = log;
    const forget = () => this.#known.clear();
    this.#subscriptions = Disposable.from(workspace.onDidChangeConfiguration(forget), workspace.onDidGrantWorkspaceTrust(forget));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** The settings that hold for a folder. */
  read(folder: Uri | undefined): Settings {
    const key = folder?.toString() ?? '';
    const settings = this.#known.get(key) ?? this.#read(folder);
    this.#known.set(key, settings);
    return settings;
  }

  #read(folder: Uri | undefined): Settings {
    const problem: Problem = (setting, what) => this.#tell(setting, what);
    return {
      environments: this.#environments(folder, problem),
      stagingEnvironment: this.#text('stagingEnvironment', folder),
      productionEnvironment: this.#text('productionEnvironment', folder),
      notifications: readLevels(this.#user('notifications'), problem),
      backgroundRefresh: this.#user('backgroundRefresh') !== false,
      slack: {
        whenWorkflowPosts: this.#whenWorkflowPosts(problem),
        channels: readNames('slack.channels', this.#user('slack.channels'), problem),
        events: readEvents(this.#user('slack.events'), problem),
      },
    };
  }

  /** Another address than slack.com's, for the simulator; only from the user's settings. */
  slackApiUrl(): string | undefined {
    const value = this.#user('slack.apiUrl');
    if (typeof value !== 'string' || value === '') return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname));
    if (!isSafe) this.#tell('slack.apiUrl', 'must be an https address');
    return isSafe ? value : undefined;
  }

  /** Writes the Slack channel of an environment (`*`: all others) into the user's settings. */
  async setSlackChannel(environment: string, channel: string): Promise<void> {
    const channels = readNames('slack.channels', this.#user('slack.channels'), () => undefined);
    await workspace.getConfiguration(section).update('slack.channels', { ...channels, [environment]: channel }, ConfigurationTarget.Global);
  }

  onDidChange(listener: () => void): Disposable {
    return workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(section)) return;
      this.#told.clear();
      listener();
    });
  }

  #environments(folder: Uri | undefined, problem: Problem): Readonly<Record<string, EnvironmentSettings>> {
    const found = workspace.getConfiguration(section, folder).inspect<unknown>('environments');
    const user = readEnvironments(found?.globalValue, problem);
    const merged: Record<string, EnvironmentSettings> = { ...user };
    if (!workspace.isTrusted) return merged;
    for (const value of [found?.workspaceValue, found?.workspaceFolderValue]) {
      for (const [name, { slackChannel, ...environment }] of Object.entries(readEnvironments(value, problem))) {
        if (slackChannel !== undefined) problem(`environments.${name}.slackChannel`, 'is taken from the user settings only');
        merged[name] = { ...merged[name], ...environment };
      }
    }
    return merged;
  }

  #text(setting: string, folder: Uri | undefined): string | undefined {
    const found = workspace.getConfiguration(section, folder).inspect<unknown>(setting);
    const ofWorkspace = workspace.isTrusted ? (found?.workspaceFolderValue ?? found?.workspaceValue) : undefined;
    const value = ofWorkspace ?? found?.globalValue;
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
    this.#tell(setting, 'must be text');
    return undefined;
  }

  #user(setting: string): unknown {
    return workspace.getConfiguration(section).inspect<unknown>(setting)?.globalValue;
  }

  #whenWorkflowPosts(problem: Problem): Settings['slack']['whenWorkflowPosts'] {
    const value = this.#user('slack.whenWorkflowPosts') ?? 'auto';
    if (value === 'auto' || value === 'always' || value === 'never') return value;
    problem('slack.whenWorkflowPosts', 'must be auto, always or never');
    return 'auto';
  }

  #tell(setting: string, what: string): void {
    const message = `The setting ${section}.${setting} ${what}; its default is used.`;
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#log.warn(message);
  }
}
