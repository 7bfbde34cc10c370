import type { Disposable } from '../core/clock.ts';
import { DeployError } from '../core/deployError.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { SetupAnswers, SetupEnvironment } from '../core/setupAnswers.ts';
import type { Text } from '../core/text.ts';
import { trackedDryRun } from './dryRun.ts';
import type { RepositorySession } from './repositorySession.ts';
import { readSetup, troubleOfSetup } from './setupCheck.ts';
import type { PipelineChange } from './pipelineChange.ts';
import { isDone, setupChecklist, type SetupSection } from './setupChecklist.ts';
import { SetupMemory, type SetupRecord } from './setupMemory.ts';

/** The checklist as it was last looked at. */
export interface SetupPicture {
  readonly repository: RepositoryId;
  /** `undefined` until it was looked at once. */
  readonly sections: readonly SetupSection[] | undefined;
  readonly isDone: boolean;
  /** What stood between us and GitHub at the last look. */
  readonly trouble: Text | undefined;
}

/** Setting up one repository, from the answers to the last dry run: what was answered, and the checklist that checks itself. */
export class SetupGuide implements Disposable {
  readonly #session: RepositorySession;
  readonly #memory: SetupMemory;
  readonly #listeners = new Set<() => void>();
  readonly #ending = new AbortController();
  readonly #following: Disposable;
  #sections: readonly SetupSection[] | undefined;
  #trouble: Text | undefined;
  #checking: Promise<void> | undefined;
  #proposal: PipelineChange | undefined;
  #isStale = false;
  #followed = '';

  constructor(session: RepositorySession) {
    this.#session = session;
    this.#memory = new SetupMemory(session.storage);
    // How a dry run goes is news for the checklist, and the tracker hears of it first.
    this.#following = session.store.onDidChange(({ after }) => {
      const followed = Object.values(this.record.dryRuns).map((id) => trackedDryRun(after.tracked, id)?.state).join();
      const isNews = followed !== this.#followed;
      this.#followed = followed;
      if (!isNews || !this.record.isGoingOn) return;
      void this.check().catch((error: unknown) => session.log.error('The setup could not be checked.', error));
    });
  }

  get session(): RepositorySession {
    return this.#session;
  }

  get record(): SetupRecord {
    return this.#memory.record;
  }

  get picture(): SetupPicture {
    return { repository: this.#session.repository, sections: this.#sections, isDone: this.#sections !== undefined && isDone(this.#sections), trouble: this.#trouble };
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Remembers what was answered or done; the checklist shows it after the next check. */
  async remember(change: Partial<SetupRecord>): Promise<void> {
    await this.#memory.change(change);
    this.#tell();
  }

  /** The files that somebody was shown and that wait for their yes; not kept beyond this window. */
  get proposal(): PipelineChange | undefined {
    return this.#proposal;
  }

  propose(change: PipelineChange | undefined): void {
    this.#proposal = change;
    this.#tell();
  }

  /** What was answered of an environment; throws where Set Up never asked. */
  environment(name: string | undefined): SetupEnvironment {
    const found = this.record.answers?.environments.find((one) => one.name === name);
    if (found) return found;
    throw new DeployError('notAvailable', 'Set Up does not know the environment {environment}. Run “Set Up Deployment…” once more.', { values: { environment: name ?? '' } });
  }

  get answers(): SetupAnswers {
    const { answers } = this.record;
    if (answers) return answers;
    throw new DeployError('notAvailable', 'Set Up has not been run for this repository. Run “Set Up Deployment…” first.');
  }

  /** Asks GitHub how everything stands. A look that is asked for during another is taken right after it. Failures are items, not errors. */
  check(): Promise<void> {
    if (this.#checking) {
      this.#isStale = true;
      return this.#checking;
    }
    this.#checking = this.#look().finally(() => {
      this.#checking = undefined;
      this.#tell();
    });
    return this.#checking;
  }

  dispose(): void {
    this.#ending.abort();
    this.#following.dispose();
    this.#listeners.clear();
  }

  async #look(): Promise<void> {
    const { github, repository, setup } = this.#session;
    do {
      this.#isStale = false;
      const { record } = this;
      const { answers } = record;
      if (!answers) return;
      try {
        const facts = await readSetup({ setup: await setup(), github, repository, state: () => this.#session.store.state }, record, answers, this.#session.store.state.facts?.defaultBranch ?? 'main', this.#ending.signal);
        // Merged meanwhile: what can be deployed now is for the other views to show, without waiting for their next look.
        if (facts.installed.is === 'read' && facts.installed.value.size > 0 && this.#session.store.state.environments.length === 0) void this.#session.refresher.refresh(this.#ending.signal);
        this.#trouble = troubleOfSetup(facts);
        this.#sections = setupChecklist(repository, facts, record, answers, this.#proposal?.files.length);
      } catch (error) {
        if (this.#ending.signal.aborted) return;
        throw error;
      }
    } while (this.#isStale);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
