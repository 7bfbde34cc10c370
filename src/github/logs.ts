import { DeployError, isDeployError } from '../core/deployError.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { repositoryPath } from './repositoryPath.ts';
import type { Wire } from './wire.ts';

/** Logs come from another store and can be large. */
const logTimeoutMs = 60_000;

/** A finished job's log. GitHub answers with a redirect to an address that is good for a minute; the token does not travel there. */
export async function readJobLog(wire: Wire, repository: RepositoryId, jobId: number, signal?: AbortSignal): Promise<string> {
  const parameters = { ...repositoryPath(repository), job_id: jobId };
  try {
    return await wire.get('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', parameters, (text: string | undefined) => text ?? '', {
      signal, accept: 'application/vnd.github+json', timeoutMs: logTimeoutMs, purpose: 'log',
    });
  } catch (error) {
    if (!isDeployError(error) || !isGone(error)) throw error;
    throw new DeployError('notAvailable', 'GitHub has no log of this job: it has not finished, or the log was deleted.', { actions: ['openOnGitHub'], cause: error });
  }
}

function isGone(error: DeployError): boolean {
  return error.kind === 'notFound' || (error.kind === 'notAvailable' && error.detail?.startsWith('410') === true);
}
