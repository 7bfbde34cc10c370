import type { PullRequest, PullRequestCall } from '../core/gitHubSetup.ts';
import { repositoryUrl, type RepositoryId } from '../core/repositoryId.ts';
import { field, messageOf } from './answer.ts';
import { malformedAnswer, refusal } from './errors.ts';
import { repositoryPath } from './repositoryPath.ts';
import { toPull } from './setupMapper.ts';
import { attempt } from './setupWrite.ts';
import type { Wire } from './wire.ts';

export function readPull(wire: Wire, repository: RepositoryId, branch: string, base: string, signal?: AbortSignal): Promise<PullRequest | undefined> {
  const parameters = {
    ...repositoryPath(repository), head: `${repository.owner}:${branch}`, base, state: 'all', sort: 'created', direction: 'desc', per_page: 20, page: 1,
  };
  return wire.get('GET /repos/{owner}/{repo}/pulls', parameters, toPull, { signal });
}

/** Opens one, or hands back the one that is open already. */
export async function openPull(wire: Wire, repository: RepositoryId, call: PullRequestCall): Promise<PullRequest> {
  const { branch, base, title, body } = call;
  const answer = await attempt(wire, 'POST /repos/{owner}/{repo}/pulls', { ...repositoryPath(repository), head: branch, base, title, body });
  if (answer.status === 422 && /already exists/i.test(messageOf(answer.body))) {
    const open = await readPull(wire, repository, branch, base);
    if (open) return open;
  }
  if (answer.status >= 300) throw refusal(answer, wire.host.authority, true);
  const [number, url] = [field(answer.body, 'number'), field(answer.body, 'html_url')];
  if (typeof number !== 'number' || typeof url !== 'string') throw malformedAnswer(wire.host.authority, 'POST pulls: no number');
  return { number, url, isMerged: false };
}

export function compareUrl(repository: RepositoryId, base: string, branch: string): string {
  return `${repositoryUrl(repository)}/compare/${inAddress(base)}...${inAddress(branch)}?expand=1`;
}

/** Slashes stay: branch names have them. */
function inAddress(ref: string): string {
  return ref.split('/').map(encodeURIComponent).join('/');
}
