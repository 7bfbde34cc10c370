import { Uri, type Memento } from 'vscode';
import { createRepositorySession } from '../app/createSession.ts';
import { Notifier } from '../app/notifier.ts';
import type { OpenSession } from '../app/windowPorts.ts';
import type { DeployError } from '../core/deployError.ts';
import type { GitHub } from '../core/gitHub.ts';
import type { GitHubSetup } from '../core/gitHubSetup.ts';
import type { GitHubHost } from '../core/gitHubHost.ts';
import type { Log } from '../core/log.ts';
import { repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import type { Slack } from '../core/slack.ts';
import type { Storage } from '../core/storage.ts';
import { memoryStorage, mementoStorage } from '../host/mementoStorage.ts';
import { realClock } from '../host/realClock.ts';
import type { SampleTeam } from '../host/sampleTeam.ts';
import type { SettingsReader } from '../host/settingsReader.ts';
import { siteVersion } from '../host/siteVersion.ts';

export interface SessionSources {
  readonly workspaceState: Memento;
  readonly settings: SettingsReader;
  readonly slack: () => Promise<Slack | undefined>;
  readonly sample: SampleTeam;
  readonly log: Log;
  readonly onSlackProblem: (error: DeployError) => void;
}

/** Opens sessions: GitHub's client (one for each host and token), workflow files, Slack's messenger and the state's keeping put together. */
export class SessionOpener {
  readonly #sources: SessionSources;
  readonly #clients = new Map<string, Promise<GitHub>>();
  readonly #parents = new Map<string, string | undefined>();

  constructor(sources: SessionSources) {
    this.#sources = sources;
  }

  /** Loads GitHub's client ahead of the first session. A failure shows when it is used. */
  prepare(): void {
    void import('../github/gitHubClient.ts').catch(() => undefined);
  }

  async open(repository: RepositoryId, root: string, token: string): Promise<OpenSession> {
    const github = await this.#gitHub(repository.host, token);
    const storage = mementoStorage(this.#sources.workspaceState, `${repositoryKey(repository)}#`);
    return this.#start(repository, { github, setup: () => this.gitHubSetup(repository.host, token), storage, folder: Uri.file(root), slack: this.#sources.slack, request: fetch });
  }

  /** The sample team's repository. Slack is never told of it, and nothing of it is kept. */
  async openSample(): Promise<OpenSession> {
    const { sample, log } = this.#sources;
    const { repository, token, fetch } = await sample.world();
    const { createGitHub, createGitHubSetup } = await import('../github/gitHubClient.ts');
    const options = { host: repository.host, token, clock: realClock, log, fetch };
    const github = createGitHub(options);
    const setup = createGitHubSetup(options);
    return this.#start(repository, { github, setup: () => Promise.resolve(setup), storage: memoryStorage(), folder: undefined, slack: async () => undefined, request: fetch });
  }

  /** GitHub as Set Up needs it, with the window's token or one that may do more. */
  async gitHubSetup(host: GitHubHost, token: string): Promise<GitHubSetup> {
    const { createGitHubSetup } = await import('../github/gitHubClient.ts');
    return createGitHubSetup({ host, token, clock: realClock, log: this.#sources.log });
  }

  /** The upstream of a fork, asked once for each repository and window. */
  async parentOf(repository: RepositoryId, token: string): Promise<string | undefined> {
    const key = repositoryKey(repository);
    if (!this.#parents.has(key)) {
      const github = await this.#gitHub(repository.host, token);
      this.#parents.set(key, (await github.overview(repository, [])).parent);
    }
    return this.#parents.get(key);
  }

  #gitHub(host: GitHubHost, token: string): Promise<GitHub> {
    const key = `${host.authority}\n${token}`;
    const client =
      this.#clients.get(key) ??
      import('../github/gitHubClient.ts').then(({ createGitHub }) => createGitHub({ host, token, clock: realClock, log: this.#sources.log }));
    this.#clients.set(key, client);
    // A client that could not be loaded is loaded anew the next time.
    client.catch(() => this.#clients.delete(key));
    return client;
  }

  #start(
    repository: RepositoryId,
    from: { github: GitHub; setup: () => Promise<GitHubSetup>; storage: Storage; folder: Uri | undefined; slack: () => Promise<Slack | undefined>; request: typeof fetch },
  ): OpenSession {
    const { log, onSlackProblem } = this.#sources;
    const { github, setup, storage, folder, slack, request } = from;
    const settings = () => this.#sources.settings.read(folder);
    const session = createRepositorySession({
      repository,
      github,
      setup,
      workflowFiles: async () => (await import('../workflows/workflowFiles.ts')).createWorkflowFiles(),
      settings,
      storage,
      clock: realClock,
      log,
      newId: () => crypto.randomUUID(),
      random: Math.random,
      siteVersion: (url, signal) => siteVersion(url, signal, request),
    });
    const notifier = new Notifier({ store: session.store, slack, settings, storage, clock: realClock, serverNow: () => github.serverNow(), log, onProblem: onSlackProblem });
    session.refresher.start();
    // The parser loads while the first answers are on their way.
    setImmediate(() => void import('../workflows/workflowFiles.ts'));
    void session.tracker.restore().catch((error: unknown) => log.error('The deploys of an earlier window could not be picked up.', error));
    return {
      session,
      dispose: () => {
        notifier.dispose();
        session.dispose();
      },
    };
  }
}
