import type { RepositorySession } from '../app/repositorySession.ts';
import { isDeployError } from '../core/deployError.ts';
import type { Log } from '../core/log.ts';
import { repositoryKey } from '../core/repositoryId.ts';

/** The environments that GitHub has, by repository: asked once when a workflow file is looked at, and anew by the check. */
export class EnvironmentNames {
  readonly #names = new Map<string, readonly string[] | undefined>();
  readonly #log: Log;
  readonly #onDidRead: () => void;

  constructor(log: Log, onDidRead: () => void) {
    this.#log = log;
    this.#onDidRead = onDidRead;
  }

  /** What is known now; what is not is asked for where GitHub may be asked in the background, and told when it is there. */
  of(session: RepositorySession): readonly string[] | undefined {
    const key = repositoryKey(session.repository);
    if (!this.#names.has(key) && session.settings().backgroundRefresh && session.store.state.connection.kind === 'online') {
      this.#names.set(key, undefined);
      void this.read(session).then((isRead) => {
        if (isRead) this.#onDidRead();
      });
    }
    const names = this.#names.get(key);
    // One that was made since is in the picture before it is asked for here.
    return names && [...names, ...session.store.state.environments.flatMap(({ environment }) => (environment ? [environment.name] : []))];
  }

  /** Asks GitHub; false where it did not tell, and then nothing is known. */
  async read(session: RepositorySession): Promise<boolean> {
    try {
      const setup = await session.setup();
      this.#names.set(repositoryKey(session.repository), (await setup.environments(session.repository)).map(({ name }) => name));
      return true;
    } catch (error) {
      if (!isDeployError(error)) this.#log.error('The environments could not be read.', error);
      this.#names.set(repositoryKey(session.repository), undefined);
      return false;
    }
  }
}
