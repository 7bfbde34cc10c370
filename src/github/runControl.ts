import { DeployError } from '../core/deployError.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { messageOf, type Answer } from './answer.ts';
import { conflict, refusal } from './errors.ts';
import { repositoryPath } from './repositoryPath.ts';
import type { Parameters, Wire } from './wire.ts';

export async function rerun(wire: Wire, repository: RepositoryId, runId: number, failedOnly: boolean): Promise<void> {
  const route = failedOnly ? 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs' : 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun';
  await control(wire, route, { ...repositoryPath(repository), run_id: runId });
}

export async function cancel(wire: Wire, repository: RepositoryId, runId: number): Promise<void> {
  await control(wire, 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', { ...repositoryPath(repository), run_id: runId });
}

/** Answers GitHub's question whether environments may be deployed to. An empty comment is a comment; none at all is refused. */
export async function review(
  wire: Wire, repository: RepositoryId, runId: number, environmentIds: readonly number[], state: 'approved' | 'rejected', comment: string,
): Promise<void> {
  await control(wire, 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments', {
    ...repositoryPath(repository), run_id: runId, environment_ids: environmentIds, state, comment,
  });
}

async function control(wire: Wire, route: string, parameters: Parameters): Promise<void> {
  const host = wire.host.authority;
  const sent = await wire.send(route, parameters);
  if (sent.kind === 'lost') throw unknownOutcome(host, sent.reason);
  const { answer } = sent;
  if (answer.status >= 500 || answer.status === 408) throw unknownOutcome(host, `HTTP ${answer.status}`);
  if (answer.status < 300) return;
  if (answer.retryAt === undefined && isAboutState(answer)) throw conflict(answer);
  throw refusal(answer, host, true);
}

/** GitHub answers 403 to a re-run of what is under way, has not failed or is too old, and 422 to a review that nobody waits for. */
function isAboutState({ status, body }: Answer): boolean {
  return status === 422 || (status === 403 && /already running|no failed jobs|cannot be (rerun|retried)|over a month ago/i.test(messageOf(body)));
}

function unknownOutcome(host: string, detail: string): DeployError {
  return new DeployError('unknownOutcome', '{host} did not confirm the request. It may have taken effect; look at the run before you repeat it.', {
    values: { host }, actions: ['openOnGitHub', 'showLog'], detail,
  });
}
