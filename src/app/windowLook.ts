import type { GitHubHost } from '../core/gitHubHost.ts';
import { repositoryCandidates, type CloneCandidates } from '../core/repositoryCandidates.ts';
import { fullName, repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import { text, type Text } from '../core/text.ts';
import type { RepositoryChoices } from './repositoryChoices.ts';
import type { OpenSession, WindowPorts } from './windowPorts.ts';
import type { WindowState } from './windowState.ts';

/** A session that the window should have; equal ids are the same session. */
export interface Wanted {
  readonly id: string;
  readonly open: () => Promise<OpenSession>;
  readonly token: string | undefined;
  /** `undefined` for the sample team. */
  readonly repository: RepositoryId | undefined;
  readonly root: string | undefined;
}

/** What a window should hold, and what to say of it. */
export interface WindowLook {
  readonly state: WindowState;
  readonly wanted: readonly Wanted[];
}

/** Every repository that a clone of the window names. */
export function candidatesOf(ports: WindowPorts): readonly CloneCandidates[] {
  const hosts = ports.hosts();
  return ports.clones().map((clone) => repositoryCandidates(clone, hosts));
}

/** What should be open, and what to say when that is nothing. */
export async function lookAtWindow(ports: WindowPorts, choices: RepositoryChoices): Promise<WindowLook> {
  const sample = ports.sample();
  if (sample) return { state: { kind: 'ready' }, wanted: [{ id: 'sample', open: sample, token: undefined, repository: undefined, root: undefined }] };
  const clones = candidatesOf(ports);
  const found = clones.filter(({ candidates }) => candidates.length > 0);
  if (found.length === 0) return { state: nothingFound(ports, clones), wanted: [] };

  const wanted = new Map<string, Wanted>();
  const problems: WindowState[] = [];
  for (const clone of found) {
    const repository = await repositoryOf(clone, ports, choices);
    const candidates = clone.candidates.map((candidate) => candidate.repository);
    const host = (repository ?? candidates[0])?.host;
    const account = host && (await ports.account(host));
    if (account?.kind !== 'signedIn') {
      // Which one is the upstream of the others can be told only to who is signed in.
      if (host && account) problems.unshift({ kind: 'signedOut', host, reason: reasonOf(account.kind, host) });
      continue;
    }
    if (!repository) {
      problems.push({ kind: 'chooseRepository', candidates });
      continue;
    }
    const { token } = account;
    const id = `${repositoryKey(repository)}\n${token}`;
    if (!wanted.has(id)) wanted.set(id, { id, open: () => ports.open(repository, clone.root, token), token, repository, root: clone.root });
  }
  const [first = { kind: 'starting' } as const] = problems;
  if (wanted.size === 0) return { state: first, wanted: [] };
  return { state: { kind: 'ready', ...(problems.length > 0 ? { besides: problems } : {}) }, wanted: [...wanted.values()] };
}

function nothingFound(ports: WindowPorts, clones: readonly CloneCandidates[]): WindowState {
  if (!ports.hasFolder()) return { kind: 'noFolder' };
  if (clones.length === 0) return { kind: 'noGit' };
  const strangers = clones.flatMap((clone) => clone.strangers);
  if (strangers.length === 0) return { kind: 'noRemote' };
  const hosts = strangers.map(({ remote, authority }) => authority ?? remote);
  return { kind: 'noGitHubRemote', hosts: [...new Set(hosts)] };
}

/** Where a clone deploys: what was chosen, else the only candidate, else the upstream that all others are forks of. */
async function repositoryOf(clone: CloneCandidates, ports: WindowPorts, choices: RepositoryChoices): Promise<RepositoryId | undefined> {
  const repositories = clone.candidates.map((candidate) => candidate.repository);
  const remembered = choices.remembered(clone.root, repositories);
  if (remembered) return remembered;
  const [only] = repositories;
  if (repositories.length <= 1) return only;
  const upstreams = await Promise.all(repositories.map((repository) => upstreamOf(repository, ports)));
  const distinct = new Map(upstreams.map((repository) => [repositoryKey(repository), repository]));
  const [upstream] = distinct.values();
  if (distinct.size !== 1 || !upstream) return undefined;
  ports.log.info(`${clone.root} deploys ${fullName(upstream)}, the upstream of its other remotes.`);
  await choices.remember(clone.root, upstream);
  return upstream;
}

async function upstreamOf(repository: RepositoryId, ports: WindowPorts): Promise<RepositoryId> {
  const account = await ports.account(repository.host);
  if (account.kind !== 'signedIn') return repository;
  try {
    return parentId(repository, await ports.parentOf(repository, account.token)) ?? repository;
  } catch (error) {
    ports.log.warn(`Whether ${fullName(repository)} is a fork could not be read: ${error instanceof Error ? error.message : String(error)}`);
    return repository;
  }
}

/** The upstream that a fork's `parent` names, on the same host. */
export function parentId({ host }: RepositoryId, parent: string | undefined): RepositoryId | undefined {
  const [owner, name] = parent?.split('/') ?? [];
  return owner !== undefined && name !== undefined ? { host, owner, name } : undefined;
}

function reasonOf(kind: 'signedOut' | 'rejected', host: GitHubHost): Text | undefined {
  return kind === 'rejected'
    ? text('{host} no longer accepts the sign-in: it was revoked or has expired.', { host: host.authority })
    : undefined;
}
