import { DeployError, isDeployError } from '../core/deployError.ts';
import type { CommitCall, CommitOutcome, NewFile } from '../core/gitHubSetup.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { field, messageOf, type Answer } from './answer.ts';
import { malformedAnswer, refusal } from './errors.ts';
import { repositoryPath } from './repositoryPath.ts';
import { toAhead } from './setupMapper.ts';
import { readRef, readRoot } from './setupTree.ts';
import { attempt } from './setupWrite.ts';
import type { Wire } from './wire.ts';

/** By this line we know our own commits again. */
const trailer = 'Made-by: Boussole';
const mostOwn = 100;

/**
 * Brings the base's files plus the given ones onto the branch with one commit. A branch that went another way than its base is joined
 * with it by that commit, so that it always ends up as base plus files and only ever moves forward.
 */
export async function commitFiles(wire: Wire, repository: RepositoryId, call: CommitCall): Promise<CommitOutcome> {
  const path = repositoryPath(repository);
  const base = (await readRef(wire, path, `heads/${call.base}`))?.sha;
  if (base === undefined) {
    throw new DeployError('refNotFound', 'GitHub knows no branch “{ref}”, or it has no commit yet.', { values: { ref: call.base }, actions: ['openOnGitHub'] });
  }
  if (base !== call.expectedBase) throw moved(call.base);
  const head = (await readRef(wire, path, `heads/${call.branch}`))?.sha;
  const beyond = head === undefined || head === base ? undefined : await readBeyond(wire, repository, base, head);
  if (beyond && !beyond.isOurs) throw taken(call.branch);
  const isBehind = head === undefined || !beyond || beyond.status === 'behind' || beyond.status === 'identical';
  const writer = new GitWriter(wire, path, call.files);

  const baseTree = await readRoot(wire, repository, base);
  const tree = await writer.create('POST /repos/{owner}/{repo}/git/trees', { base_tree: baseTree, tree: call.files.map(toEntry) });
  if (isBehind ? tree === baseTree : tree === (await readRoot(wire, repository, head))) return { kind: 'unchanged', sha: isBehind ? base : head };

  const parents = isBehind ? [base] : beyond.status === 'diverged' ? [head, base] : [head];
  const sha = await writer.create('POST /repos/{owner}/{repo}/git/commits', { message: `${call.message.trim()}\n\n${trailer}`, tree, parents });
  const answer = head === undefined
    ? await writer.point('POST /repos/{owner}/{repo}/git/refs', { ref: `refs/heads/${call.branch}`, sha })
    : await writer.point('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ref: `heads/${call.branch}`, sha, force: false });
  if (answer.status === 422 && /already exists|fast.?forward/i.test(messageOf(answer.body))) throw moved(call.branch);
  if (answer.status >= 300) throw writer.refusal(answer);
  return { kind: head === undefined ? 'created' : 'updated', sha };
}

/** Git's objects, written; a refusal that comes of workflow files is told as that. */
class GitWriter {
  readonly #wire: Wire;
  readonly #path: Readonly<Record<string, unknown>>;
  readonly #touchesWorkflows: boolean;

  constructor(wire: Wire, path: Readonly<Record<string, unknown>>, files: readonly NewFile[]) {
    this.#wire = wire;
    this.#path = path;
    this.#touchesWorkflows = files.some((file) => file.path.startsWith('.github/workflows/'));
  }

  async create(route: string, body: Readonly<Record<string, unknown>>): Promise<string> {
    const answer = await this.point(route, body);
    if (answer.status >= 300) throw this.refusal(answer);
    const sha = field(answer.body, 'sha');
    if (typeof sha !== 'string') throw malformedAnswer(this.#wire.host.authority, `${route}: no sha`);
    return sha;
  }

  point(route: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    return attempt(this.#wire, route, { ...this.#path, ...body });
  }

  refusal(answer: Answer): DeployError {
    const host = this.#wire.host.authority;
    const general = refusal(answer, host, true);
    if (!this.#touchesWorkflows || general.kind === 'missingScope' || !lacksWorkflows(answer)) return general;
    return new DeployError('workflowScopeMissing', 'Workflow files may not be written on {host} with this sign-in: it lacks the scope “workflow”, or the permission “Workflows” of a fine-grained token.', {
      values: { host }, actions: ['signInAgain', 'useToken'], detail: general.detail ?? String(answer.status),
    });
  }
}

/** GitHub says it in words to some tokens, and answers a classic token that lacks the scope as if there were no such address. */
function lacksWorkflows({ status, headers, body }: Answer): boolean {
  if (/\bworkflows?\b.*\b(scope|permission)/i.test(messageOf(body))) return true;
  if (status === 403) return /\bworkflows=write\b/.test(headers['x-accepted-github-permissions'] ?? '');
  const scopes = headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim());
  return status === 404 && scopes !== undefined && !scopes.includes('workflow');
}

/** How a branch stands to its base, and whether all that it has beyond is ours. */
async function readBeyond(wire: Wire, repository: RepositoryId, base: string, head: string): Promise<{ readonly status: string; readonly isOurs: boolean }> {
  const parameters = { ...repositoryPath(repository), basehead: `${base}...${head}`, per_page: mostOwn, page: 1 };
  try {
    const { status, messages, isWhole } = await wire.get('GET /repos/{owner}/{repo}/compare/{basehead}', parameters, toAhead, { purpose: 'beyond' });
    return { status, isOurs: isWhole && messages.every((message) => message.split('\n').includes(trailer)) };
  } catch (error) {
    // No history in common.
    if (isDeployError(error) && error.kind === 'notFound') return { status: 'diverged', isOurs: false };
    throw error;
  }
}

function toEntry({ path, text, executable }: NewFile): Readonly<Record<string, string>> {
  return { path, mode: executable ? '100755' : '100644', type: 'blob', content: text };
}

function moved(branch: string): DeployError {
  return new DeployError('refMoved', '“{branch}” has moved since you looked. Look at the changes again.', { values: { branch }, actions: ['retry'] });
}

function taken(branch: string): DeployError {
  return new DeployError('branchTaken', 'The branch “{branch}” holds commits that are not ours, so it was left alone. Merge or delete it, then try again.', {
    values: { branch }, actions: ['openOnGitHub', 'retry'],
  });
}
