import type { Disposable } from '../core/clock.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import type { RepositorySession } from './repositorySession.ts';
import type { Sessions } from './sessions.ts';
import { SetupGuide } from './setupGuide.ts';

/** The guides of a window, one for each open repository; they end with its session. */
export class SetupGuides implements Disposable {
  readonly #sessions: Sessions;
  readonly #guides = new Map<RepositorySession, { readonly guide: SetupGuide; readonly following: Disposable }>();
  readonly #listeners = new Set<() => void>();
  readonly #following: Disposable;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#following = sessions.onDidChange(() => this.#update());
    this.#update();
  }

  /** Those whose checklist is shown. */
  get goingOn(): readonly SetupGuide[] {
    return [...this.#guides.values()].map(({ guide }) => guide).filter(({ record }) => record.isGoingOn);
  }

  of(session: RepositorySession): SetupGuide {
    this.#update();
    const found = [...this.#guides.values()].find(({ guide }) => repositoryKey(guide.session.repository) === repositoryKey(session.repository));
    if (!found) throw new Error('The session is not one of the window’s.');
    return found.guide;
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Looks again at everything that is shown. */
  check(): void {
    for (const guide of this.goingOn) void guide.check().catch((error: unknown) => guide.session.log.error('The setup could not be checked.', error));
  }

  dispose(): void {
    this.#following.dispose();
    for (const { guide, following } of this.#guides.values()) {
      following.dispose();
      guide.dispose();
    }
    this.#guides.clear();
    this.#listeners.clear();
  }

  #update(): void {
    const open = new Set(this.#sessions.all);
    let changed = false;
    for (const [session, { guide, following }] of this.#guides) {
      if (open.has(session)) continue;
      following.dispose();
      guide.dispose();
      this.#guides.delete(session);
      changed = true;
    }
    for (const session of open) {
      if (this.#guides.has(session)) continue;
      const guide = new SetupGuide(session);
      this.#guides.set(session, { guide, following: guide.onDidChange(() => this.#tell()) });
      changed = true;
    }
    if (changed) this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
