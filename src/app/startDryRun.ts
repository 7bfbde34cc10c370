import { dryRunInput } from '../core/dryRun.ts';
import { DeployError } from '../core/deployError.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import type { SetupGuide } from './setupGuide.ts';

/** Dispatches a dry run of an environment's branch and has it followed to its end like any deploy. */
export async function startDryRun(guide: SetupGuide, environmentName: string | undefined, reason: string): Promise<void> {
  const { github, newId, repository, store, tracker } = guide.session;
  const { name, branch, isProduction } = guide.environment(environmentName);
  const { facts } = store.state;
  const defaultBranch = facts?.defaultBranch;
  if (!facts || defaultBranch === undefined) throw new DeployError('notAvailable', 'GitHub has not answered yet. Try again in a moment.', { actions: ['retry'] });
  const commit = await github.resolve(repository, branch);
  if (!commit) throw new DeployError('refNotFound', 'The branch {branch} does not exist on GitHub. Push it first.', { values: { branch } });
  const correlationId = newId();
  const request: DeployRequest = {
    correlationId,
    kind: 'deploy',
    repository,
    environment: name,
    isProduction,
    version: { label: branch, kind: 'branch', ref: branch, sha: commit.sha },
    replaces: undefined,
    workflow: '.github/workflows/deploy.yml',
    ref: defaultBranch,
    inputs: { environment: name, version: branch, expected_sha: commit.sha, reason, correlation_id: correlationId, [dryRunInput]: 'true' },
    reason,
    actor: facts.viewer,
    requestedAt: github.serverNow(),
    workflowPosts: true,
    expectedMs: undefined,
  };
  await guide.remember({ dryRuns: { ...guide.record.dryRuns, [name]: correlationId } });
  const key = await tracker.dispatch(request);
  const tracked = store.state.tracked.find((run) => run.key === key);
  if (tracked?.phase === 'rejected') throw tracked.error;
  await guide.check();
}
