import type { Disposable } from '../core/clock.ts';
import type { GitHubHost } from '../core/gitHubHost.ts';
import type { Log } from '../core/log.ts';
import type { Clone } from '../core/repositoryCandidates.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Storage } from '../core/storage.ts';
import type { RepositorySession } from './repositorySession.ts';

/** A session and what ends it, with all that was started for it. */
export interface OpenSession extends Disposable {
  readonly session: RepositorySession;
}

/** Who we are on a host, as far as sessions care. */
export type AccountState = { readonly kind: 'signedIn'; readonly token: string } | { readonly kind: 'signedOut' | 'rejected' };

/** What the window offers: its clones, the hosts the user knows, accounts, and how a session is opened. */
export interface WindowPorts {
  readonly hasFolder: () => boolean;
  readonly clones: () => readonly Clone[];
  readonly hosts: () => readonly GitHubHost[];
  readonly account: (host: GitHubHost) => Promise<AccountState>;
  /** GitHub answered 401 to this token. */
  readonly reject: (host: GitHubHost, token: string) => void;
  /** Opens a repository found in the clone at `root`. */
  readonly open: (repository: RepositoryId, root: string, token: string) => Promise<OpenSession>;
  /** The upstream of a fork, `owner/name`; `undefined` when it is none or cannot be read. */
  readonly parentOf: (repository: RepositoryId, token: string) => Promise<string | undefined>;
  /** The sample team's session while the user explores it. */
  readonly sample: () => (() => Promise<OpenSession>) | undefined;
  readonly storage: Storage;
  readonly log: Log;
}
