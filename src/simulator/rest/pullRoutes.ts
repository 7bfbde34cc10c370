import { json, type SimResponse } from '../http.ts';
import { fullPullWire, pullWire } from '../wire/pullWire.ts';
import { compareCommits, headOf } from '../world/history.ts';
import type { PullRequest } from '../world/model.ts';
import { mergePull } from '../world/pulls.ts';
import { isGranted } from '../world/tokens.ts';
import { found, mayWrite, notForFineGrained, param, Refusal, unprocessable, type RepositoryCall } from './call.ts';
import { arrayAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';

/** Pull requests between branches of the repository itself. */
export const pullRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/pulls': (call) => arrayAnswer(pageOf(call, listed(call)), (pull) =>
    pullWire(call.world, call.urls, call.repository, pull, call.apiVersion)),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': (call) => json(fullPullWire(call.world, call.urls, call.repository, pullOf(call), call.apiVersion)),
  'POST /repos/{owner}/{repo}/pulls': open,
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': merge,
};

/** Newest first, open ones unless asked otherwise. */
function listed({ repository, query }: RepositoryCall): PullRequest[] {
  const state = query.get('state') ?? 'open';
  const [head, base] = [query.get('head'), query.get('base')];
  return repository.openedPulls.filter((pull) =>
    (state === 'all' || (state === 'open') === (pull.merged === undefined)) &&
    (head === null || head === `${repository.owner}:${pull.head}`) && (base === null || base === pull.base)).toReversed();
}

function open(call: RepositoryCall): SimResponse {
  mayOpen(call);
  const { world, urls, repository, body, login, apiVersion } = call;
  const [head, base] = [String(body['head']).replace(`${repository.owner}:`, ''), String(body['base'])];
  const [from, to] = [headOf(repository, head), headOf(repository, base)];
  if (!from) throw invalid('head');
  if (!to) throw invalid('base');
  if (compareCommits(repository, to, from)?.ahead.length === 0) throw failed(`No commits between ${base} and ${head}`);
  if (repository.openedPulls.some((pull) => !pull.merged && pull.head === head && pull.base === base)) {
    throw failed(`A pull request already exists for ${repository.owner}:${head}.`);
  }
  const number = ++repository.pullRequests;
  const pull: PullRequest = {
    id: 2_700_000_000 + number, number, title: typeof body['title'] === 'string' ? body['title'] : '', body: typeof body['body'] === 'string' ? body['body'] : null, head, base, author: login,
    createdAt: world.now,
  };
  repository.openedPulls.push(pull);
  return json(fullPullWire(world, urls, repository, pull, apiVersion), 201);
}

function invalid(field: string): Refusal {
  return unprocessable('Validation Failed', [{ resource: 'PullRequest', field, code: 'invalid' }]);
}

function failed(message: string): Refusal {
  return unprocessable('Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
}

function merge(call: RepositoryCall): SimResponse {
  mayWrite(call, 'contents=write');
  const pull = pullOf(call);
  if (!mergePull(call.world, call.repository, pull, call.login)) throw new Refusal(405, 'Pull Request is not mergeable');
  return json({ sha: pull.merged?.sha, merged: true, message: 'Pull Request successfully merged' });
}

function mayOpen(call: RepositoryCall): void {
  mayWrite(call, 'pull_requests=write');
  if (call.token.kind === 'fineGrained' && !isGranted(call.token, 'pull_requests=write')) throw notForFineGrained('pull_requests=write');
}

function pullOf(call: RepositoryCall): PullRequest {
  const number = Number(param(call, 'pull_number'));
  return found(call.repository.openedPulls.find((one) => one.number === number));
}
