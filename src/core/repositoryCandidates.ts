import type { GitHubHost } from './gitHubHost.ts';
import { isOnHost, parseRemote } from './remoteUrl.ts';
import { repositoryKey, type RepositoryId } from './repositoryId.ts';

/** A clone on this machine, as far as it matters for where it deploys. */
export interface Clone {
  readonly root: string;
  readonly remotes: readonly { readonly name: string; readonly url: string }[];
}

export interface RemoteCandidate {
  readonly remote: string;
  readonly repository: RepositoryId;
}

export interface CloneCandidates {
  readonly root: string;
  /** Each GitHub repository once, by its first remote. */
  readonly candidates: readonly RemoteCandidate[];
  /** Remotes that are on no host we know, with the host where one can be read. */
  readonly strangers: readonly { readonly remote: string; readonly authority: string | undefined }[];
}

/** The repositories on GitHub that a clone's remotes name. Hosts are compared exactly; a remote that cannot be read disturbs no other. */
export function repositoryCandidates(clone: Clone, hosts: readonly GitHubHost[]): CloneCandidates {
  const candidates = new Map<string, RemoteCandidate>();
  const strangers: { remote: string; authority: string | undefined }[] = [];
  for (const { name, url } of clone.remotes) {
    const parsed = parseRemote(url);
    const host = parsed && hosts.find((one) => isOnHost(parsed, one));
    if (!parsed || !host) {
      strangers.push({ remote: name, authority: parsed?.authority });
      continue;
    }
    const repository: RepositoryId = { host, owner: parsed.owner, name: parsed.name };
    const key = repositoryKey(repository);
    if (!candidates.has(key)) candidates.set(key, { remote: name, repository });
  }
  return { root: clone.root, candidates: [...candidates.values()], strangers };
}
