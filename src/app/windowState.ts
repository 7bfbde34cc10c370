import type { GitHubHost } from '../core/gitHubHost.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Text } from '../core/text.ts';

/** Why a window shows repositories or none. Every kind but the first two has a welcome text that says what to do. */
export type WindowState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'noFolder' }
  | { readonly kind: 'noGit' }
  | { readonly kind: 'noRemote' }
  /** Remotes exist, but on no GitHub host that we know; `hosts` are those seen. */
  | { readonly kind: 'noGitHubRemote'; readonly hosts: readonly string[] }
  | { readonly kind: 'chooseRepository'; readonly candidates: readonly RepositoryId[] }
  /** `reason`: why, when it is more than never having signed in. */
  | { readonly kind: 'signedOut'; readonly host: GitHubHost; readonly reason: Text | undefined };
