import type { GitHubHost } from '../core/gitHubHost.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Text } from '../core/text.ts';

/** Why a window shows repositories or none. Every kind but the first two has a welcome text that says what to do. */
export type WindowState =
  | { readonly kind: 'starting' }
  /** `besides`: what keeps other clones of the window from being shown too. */
  | { readonly kind: 'ready'; readonly besides?: readonly WindowState[] }
  | { readonly kind: 'noFolder' }
  | { readonly kind: 'noGit' }
  | { readonly kind: 'noRemote' }
  /** Remotes exist, but on no GitHub host that we know; `hosts` are those seen. */
  | { readonly kind: 'noGitHubRemote'; readonly hosts: readonly string[] }
  | { readonly kind: 'chooseRepository'; readonly candidates: readonly RepositoryId[] }
  /** Opening failed for a reason of ours, which the log tells; `repositories` are their full names, none for the sample team. */
  | { readonly kind: 'notOpened'; readonly repositories: readonly string[] }
  /** `reason`: why, when it is more than never having signed in. */
  | { readonly kind: 'signedOut'; readonly host: GitHubHost; readonly reason: Text | undefined };
