import type { Disposable } from '../core/clock.ts';
import type { CloneCandidates } from '../core/repositoryCandidates.ts';
import { fullName, type RepositoryId } from '../core/repositoryId.ts';
import { RepositoryChoices } from './repositoryChoices.ts';
import type { RepositorySession } from './repositorySession.ts';
import type { Sessions } from './sessions.ts';
import { candidatesOf, lookAtWindow, parentId, type Wanted } from './windowLook.ts';
import type { OpenSession, WindowPorts } from './windowPorts.ts';
import type { WindowState } from './windowState.ts';

interface Held {
  readonly id: string;
  readonly opened: OpenSession;
  readonly subscription: Disposable;
}

/**
 * The sessions of this window: one for each repository that its clones deploy to, opened when there is an account for it and
 * closed when the clone, the account or the choice goes. A fork deploys upstream; several candidates are asked for once.
 */
export class WindowSessions implements Sessions, Disposable {
  readonly choices: RepositoryChoices;
  readonly #ports: WindowPorts;
  readonly #listeners = new Set<() => void>();
  #held: readonly Held[] = [];
  #all: readonly RepositorySession[] = [];
  #state: WindowState = { kind: 'starting' };
  #updating: Promise<void> | undefined;
  #again = false;
  #disposed = false;

  constructor(ports: WindowPorts) {
    this.#ports = ports;
    this.choices = new RepositoryChoices(ports.storage);
  }

  get all(): readonly RepositorySession[] {
    return this.#all;
  }

  get state(): WindowState {
    return this.#state;
  }

  /** Every repository that a clone of this window names. */
  get candidates(): readonly CloneCandidates[] {
    return candidatesOf(this.#ports);
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Deploys the clone at `root` to `repository` from now on, in this workspace. */
  async choose(root: string, repository: RepositoryId): Promise<void> {
    await this.choices.remember(root, repository);
    await this.update();
  }

  /** Brings the sessions in line with the window. Calls during an update are answered by one more update after it. */
  update(): Promise<void> {
    if (this.#updating) {
      this.#again = true;
      return this.#updating;
    }
    this.#updating = this.#updateUntilStill().finally(() => {
      this.#updating = undefined;
    });
    return this.#updating;
  }

  dispose(): void {
    this.#disposed = true;
    for (const held of this.#held) close(held);
    this.#held = [];
    this.#all = [];
    this.#listeners.clear();
  }

  async #updateUntilStill(): Promise<void> {
    do {
      this.#again = false;
      const { state, wanted } = await lookAtWindow(this.#ports, this.choices);
      this.#state = withFailures(state, await this.#hold(wanted), this.#held.length > 0);
      if (!this.#disposed) for (const listener of this.#listeners) listener();
    } while (this.#again && !this.#disposed);
  }

  /** Holds what is wanted and answers with what could not be opened; each later update tries that again. */
  async #hold(wanted: readonly Wanted[]): Promise<readonly Wanted[]> {
    const kept = this.#held.filter(({ id }) => wanted.some((one) => one.id === id));
    for (const held of this.#held) if (!kept.includes(held)) close(held);
    const opened: Held[] = [];
    const failed: Wanted[] = [];
    for (const one of wanted) {
      if (kept.some(({ id }) => id === one.id)) continue;
      try {
        const session = await one.open();
        opened.push({ id: one.id, opened: session, subscription: this.#watch(session, one) });
      } catch (error) {
        // The others open all the same.
        this.#ports.log.error('A repository could not be opened.', error);
        failed.push(one);
      }
    }
    this.#held = wanted.flatMap(({ id }) => [...kept, ...opened].filter((held) => held.id === id));
    this.#all = this.#held.map((held) => held.opened.session);
    if (this.#disposed) this.dispose();
    return failed;
  }

  /** A refused token signs out; a fork hands over to its upstream. */
  #watch({ session }: OpenSession, { token, root }: Wanted): Disposable {
    return session.store.onDidChange(({ before, after }) => {
      const { connection } = after;
      if (token !== undefined && connection !== before.connection && connection.kind === 'failed' && connection.error.kind === 'tokenRejected') {
        this.#ports.reject(session.repository.host, token);
      }
      const upstream = after.facts === before.facts ? undefined : parentId(session.repository, after.facts?.parent);
      if (root !== undefined && upstream && !this.choices.isChosen(root)) {
        this.#ports.log.info(`${fullName(session.repository)} is a fork: ${fullName(upstream)} is what it deploys.`);
        this.choose(root, upstream).catch((error: unknown) => this.#ports.log.error('The upstream repository could not be opened.', error));
      }
    });
  }
}

/** The window's state with what could not be opened: alone where nothing else is shown. */
function withFailures(state: WindowState, failed: readonly Wanted[], isAnyHeld: boolean): WindowState {
  if (state.kind !== 'ready' || failed.length === 0) return state;
  const notOpened = { kind: 'notOpened', repositories: failed.flatMap(({ repository }) => (repository ? [fullName(repository)] : [])) } as const;
  return isAnyHeld ? { ...state, besides: [notOpened, ...(state.besides ?? [])] } : notOpened;
}

function close({ opened, subscription }: Held): void {
  subscription.dispose();
  opened.dispose();
}
